import { aeskw, cbc } from '@noble/ciphers/aes.js'
import { decryptTripleDesCbc, tripleDesDecryptionKey } from './triple-des.ts'

/**
 * What came of opening one CipherValue: the plain bytes, or which part of the process failed. `looksRight` is false when the
 * padding is legal but not what nearly every writer makes (PKCS#7): a hint at a wrong key, no proof.
 */
export type Opened =
  | { readonly outcome: 'opened'; readonly plain: Uint8Array; readonly looksRight: boolean }
  | { readonly outcome: 'cipher-length' | 'broken-padding' | 'broken-wrapping' }

/** Opens CipherValues under one prepared key. */
export type Opener = (cipherValue: Uint8Array) => Opened

/** One way of protecting a value. `selfChecking`: a wrong key or changed value shows by itself; the others need a MAC. */
export type PskcCipher = {
  readonly selfChecking: boolean
  readonly keyBytes: readonly number[]
  readonly prepare: (key: Uint8Array) => Opener
}

/** XML Encryption 1.1 §5.2: only the last byte of the padding is defined. */
const withoutPadding = (padded: Uint8Array, blockBytes: number): Opened => {
  const padding = padded.at(-1) ?? 0
  if (padding < 1 || padding > blockBytes) return { outcome: 'broken-padding' }
  const end = padded.length - padding
  return {
    outcome: 'opened',
    plain: padded.subarray(0, end),
    looksRight: padded.subarray(end).every((b) => b === padding),
  }
}

const isIvAndBlocks = (cipherValue: Uint8Array, blockBytes: number): boolean =>
  cipherValue.length >= 2 * blockBytes && cipherValue.length % blockBytes === 0

const aesCbc = (keyBytes: number): PskcCipher => ({
  selfChecking: false,
  keyBytes: [keyBytes],
  prepare: (key) => (cipherValue) => {
    if (!isIvAndBlocks(cipherValue, 16)) return { outcome: 'cipher-length' }
    const cipher = cbc(key, cipherValue.slice(0, 16), { disablePadding: true })
    return withoutPadding(cipher.decrypt(cipherValue.slice(16)), 16)
  },
})

const tripleDesCbc: PskcCipher = {
  selfChecking: false,
  keyBytes: [16, 24],
  prepare: (key) => {
    const prepared = tripleDesDecryptionKey(key)
    return (cipherValue) => {
      if (!isIvAndBlocks(cipherValue, 8)) return { outcome: 'cipher-length' }
      return withoutPadding(decryptTripleDesCbc(prepared, cipherValue.subarray(0, 8), cipherValue.subarray(8)), 8)
    }
  },
}

const aesKeyWrap = (keyBytes: number): PskcCipher => ({
  selfChecking: true,
  keyBytes: [keyBytes],
  prepare: (key) => (cipherValue) => {
    if (cipherValue.length < 24 || cipherValue.length % 8 !== 0) return { outcome: 'cipher-length' }
    try {
      return { outcome: 'opened', plain: aeskw(key).decrypt(cipherValue), looksRight: true }
    } catch {
      return { outcome: 'broken-wrapping' } // RFC 3394 §2.2.3: the integrity check failed
    }
  },
})

const XMLENC = 'http://www.w3.org/2001/04/xmlenc#'

/** The ciphers by their algorithm URI (XML Encryption 1.1 §5.1). */
export const pskcCiphers: ReadonlyMap<string, PskcCipher> = new Map([
  [`${XMLENC}aes128-cbc`, aesCbc(16)],
  [`${XMLENC}aes192-cbc`, aesCbc(24)],
  [`${XMLENC}aes256-cbc`, aesCbc(32)],
  [`${XMLENC}tripledes-cbc`, tripleDesCbc],
  [`${XMLENC}kw-aes128`, aesKeyWrap(16)],
  [`${XMLENC}kw-aes192`, aesKeyWrap(24)],
  [`${XMLENC}kw-aes256`, aesKeyWrap(32)],
])
