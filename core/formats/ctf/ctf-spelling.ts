import type { DeviceIdLength } from './ctf-device-id.ts'
import { refuseCtf } from './ctf-token.ts'

/** Links that phones open. */
const urlPrefixes = {
  'url-ios': 'com.rsa.securid.iphone://ctf?ctfData=',
  'url-any': 'com.rsa.securid://ctf?ctfData=',
  'url-android': 'http://127.0.0.1/securid/ctf?ctfData=',
} as const

/** How a token is spelt: bare digits, digits in blocks of five, or a link for a phone. */
export type CtfSpelling = 'digits' | 'blocks' | keyof typeof urlPrefixes

/** Longest text accepted: a link has about 500 characters, a mail with one a few lines more. */
export const maxCtfCharacters = 8192

const ctkipLink = /\bctkip\b|activationcode=/i

/**
 * The value of the `ctfData` parameter, or the whole text when there is none. Mails break and escape links: blank space
 * goes, an `=` at the end of a line with it, and `=3D` stands for `=`.
 */
function dataOf(text: string): string {
  const joined = text.replace(/=?\r?\n/g, '').replace(/\s+/g, '')
  const named = /ctfdata(?:=3d|%3d|=)([^&#"'<>]*)/i.exec(joined)
  return named?.[1] ?? joined
}

function decodePercent(data: string): string {
  try {
    // Never as a form: a raw + is base64 and must stay.
    return decodeURIComponent(data)
  } catch {
    throw refuseCtf('invalid-field', 'The token link is damaged: a percent sign is not followed by two hex digits.')
  }
}

/** A token without its spelling. */
export type CtfData =
  | { readonly kind: 'digits'; readonly digits: string }
  | { readonly kind: 'base64'; readonly text: string }

/**
 * Finds the token in whatever people paste: bare digits, blocks, any of the links, a bare base64 token.
 * Throws `FormatError`: `ctkip-link` for a provisioning link, which holds no token, `not-ctf` for anything else.
 */
export function parseCtfSpelling(text: string): CtfData {
  if (text.length > maxCtfCharacters)
    throw refuseCtf('limit-exceeded', `The text is longer than ${maxCtfCharacters} characters.`)
  if (text.trim() === '') throw refuseCtf('empty', 'There is no text.')
  if (!/ctfdata/i.test(text) && ctkipLink.test(text))
    throw refuseCtf(
      'ctkip-link',
      'This is a CT-KIP provisioning link: it holds no token but the address to fetch one. Ask for a token file instead.',
    )
  const data = decodePercent(dataOf(text))
  const digits = data.replace(/-/g, '')
  if (/^\d+$/.test(digits)) return { kind: 'digits', digits }
  if (/^[AB][A-Za-z0-9+/]*=*$/.test(data)) return { kind: 'base64', text: data }
  throw refuseCtf('not-ctf', 'The text is neither a compressed token string nor a link that holds one.')
}

/** How many characters of a device id the apps look at in a spelling. */
export function deviceIdLengthOf(spelling: CtfSpelling): DeviceIdLength {
  return spelling === 'digits' || spelling === 'blocks' ? 32 : 40
}

/** Puts a token into a spelling; blocks are of five characters with hyphens between. */
export function spellCtf(data: string, spelling: CtfSpelling): string {
  if (spelling === 'digits') return data
  if (spelling === 'blocks') return data.match(/.{1,5}/g)?.join('-') ?? ''
  return urlPrefixes[spelling] + encodeURIComponent(data)
}
