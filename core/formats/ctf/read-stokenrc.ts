import { readCtf } from './read-ctf.ts'
import { maxCtfCharacters } from './ctf-spelling.ts'
import { type CtfOpening, type CtfReading, refuseCtf } from './ctf-token.ts'

/** What a `.stokenrc` holds: a token, and perhaps its PIN in clear (secret) or encrypted under the password. */
export type StokenrcReading = {
  readonly token: CtfReading
  readonly pin:
    | { readonly kind: 'none' }
    | { readonly kind: 'clear'; readonly pin: string }
    | { readonly kind: 'encrypted' }
}

function readPin(text: string | undefined): StokenrcReading['pin'] {
  if (text === undefined) return { kind: 'none' }
  if (/^\d{4,8}$/.test(text)) return { kind: 'clear', pin: text }
  if (/^[0-9a-fA-F]{64}$/.test(text)) return { kind: 'encrypted' }
  throw refuseCtf('invalid-field', 'The pin line is neither 4-8 digits nor 64 hexadecimal digits.', 'pin')
}

/**
 * Reads the file in which stoken keeps its token: lines `version 1`, `token …`, `pin …`.
 * Throws `FormatError`: `unsupported-version`, `missing-field`, and everything {@link readCtf} throws.
 */
export function readStokenrc(text: string, opening: CtfOpening = {}): StokenrcReading {
  if (text.length > maxCtfCharacters)
    throw refuseCtf('limit-exceeded', `The file is longer than ${maxCtfCharacters} characters.`)
  const values = new Map<string, string>()
  for (const line of text.split(/\r?\n/)) {
    const [, key, value] = /^\s*(\w+)\s+(\S+)\s*$/.exec(line) ?? []
    if (key === undefined || value === undefined) continue
    if (values.has(key)) throw refuseCtf('duplicate-field', 'The file has a line twice.', key)
    values.set(key, value)
  }
  if (values.get('version') !== '1')
    throw refuseCtf('unsupported-version', 'The file does not say version 1; it is not a .stokenrc we know.', 'version')
  const token = values.get('token')
  if (token === undefined) throw refuseCtf('missing-field', 'The file has no token line.', 'token')
  return { token: readCtf(token, opening), pin: readPin(values.get('pin')) }
}
