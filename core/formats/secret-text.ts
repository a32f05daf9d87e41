import { base32nopad } from '@scure/base'

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** How a text spells the bytes of a secret. */
export type SecretEncoding = 'hex' | 'base32'

const withoutBlanks = (text: string): string => text.replace(/[\s-]/g, '')

/**
 * Reads base32 (RFC 4648 §6) as people and vendors spell it: any case, blanks and hyphens anywhere, padding or none, left-over
 * bits in the last letter ignored. Undefined for other letters and for lengths no byte string has.
 */
export const decodeBase32 = (text: string): Uint8Array | undefined => {
  const letters = withoutBlanks(text)
    .replace(/={0,6}$/, '')
    .toUpperCase()
  if ([1, 3, 6].includes(letters.length % 8) || !/^[A-Z2-7]+$/.test(letters)) return undefined
  const bytes = new Uint8Array(Math.floor((letters.length * 5) / 8))
  let bits = 0
  let count = 0
  let place = 0
  for (const letter of letters) {
    bits = ((bits << 5) | BASE32.indexOf(letter)) & 0xfff
    count += 5
    if (count < 8) continue
    count -= 8
    bytes[place++] = (bits >> count) & 0xff
  }
  return bytes
}

/** Base32 in capitals without padding, as links and lists want it. */
export const encodeBase32 = (bytes: Uint8Array): string => base32nopad.encode(bytes)

/** Reads hexadecimal in any case with blanks, hyphens or a leading `0x`; undefined for odd lengths and other characters. */
export const decodeHex = (text: string): Uint8Array | undefined => {
  const digits = withoutBlanks(text).replace(/^0x/i, '')
  if (digits.length === 0 || digits.length % 2 !== 0 || !/^[0-9a-f]+$/i.test(digits)) return undefined
  return Uint8Array.from({ length: digits.length / 2 }, (_, i) => Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16))
}

/** A secret read from text: in which encoding, and whether the other encoding would have been possible too. */
export type ReadSecret = { readonly bytes: Uint8Array; readonly encoding: SecretEncoding; readonly ambiguous: boolean }

/** Lengths of usual secrets (10, 16, 20, 32, 64 bytes) in base32 without padding that no usual secret has in hex. */
const BASE32_LENGTHS = new Set([16, 26, 32, 52, 103])

/**
 * Decides between hex and base32. A character only one of them has decides; else the length does (40 characters are a 20-byte
 * seed in hex, 32 are one in base32) and `ambiguous` tells that it was only the length: let the administrator confirm with one
 * code of one token. Undefined when neither reading is possible.
 */
export const decodeHexOrBase32 = (text: string): ReadSecret | undefined => {
  const hex = decodeHex(text)
  const base32 = decodeBase32(text)
  if (hex === undefined) return base32 && { bytes: base32, encoding: 'base32', ambiguous: false }
  if (base32 === undefined) return { bytes: hex, encoding: 'hex', ambiguous: false }
  const isBase32Length = BASE32_LENGTHS.has(withoutBlanks(text).length)
  return isBase32Length
    ? { bytes: base32, encoding: 'base32', ambiguous: true }
    : { bytes: hex, encoding: 'hex', ambiguous: true }
}
