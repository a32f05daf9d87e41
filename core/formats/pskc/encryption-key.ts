import { pbkdf2 } from '@noble/hashes/pbkdf2.js'
import { sha1 } from '@noble/hashes/legacy.js'
import type { CHash } from '@noble/hashes/utils.js'
import { parseBoundedInteger } from '../oath-token.ts'
import { encodeUtf8 } from '../utf8.ts'
import { decodeBase64 } from './base64-text.ts'
import { hmacHash } from './hmac-methods.ts'
import { refusePskc } from './refuse.ts'
import { descend, textAt, type XmlElement } from './xml-tree.ts'

/** What the caller knows of a file's protection. */
export type PskcUnlock = {
  readonly preSharedKey?: Uint8Array | undefined
  readonly password?: string | undefined
  /** Most PBKDF2 rounds to spend on one file. */
  readonly maxIterations: number
}

const MAX_SALT_BYTES = 1024

/**
 * The key that protects the file's values (RFC 6030 §6): the caller's pre-shared key, or one derived from the caller's
 * password by PBKDF2 (RFC 8018). Refuses missing keys, other protections and rounds over the cap.
 */
export const encryptionKey = (element: XmlElement | undefined, unlock: PskcUnlock): Uint8Array => {
  const derived = descend(element, 'DerivedKey')
  if (derived !== undefined) return derivedKey(derived, unlock)
  if (element !== undefined && descend(element, 'X509Data') !== undefined) {
    const cause = 'values encrypted for a certificate cannot be read; ask for a pre-shared key or a password'
    return refusePskc('unsupported-protection', { field: 'EncryptionKey' }, cause)
  }
  if (unlock.preSharedKey !== undefined) return unlock.preSharedKey
  const cause = 'the values are encrypted with a pre-shared key; give the key that came with the file'
  return refusePskc('key-required', { field: 'EncryptionKey' }, cause)
}

const derivedKey = (derived: XmlElement, unlock: PskcUnlock): Uint8Array => {
  const method = descend(derived, 'KeyDerivationMethod')
  if (!/#pbkdf2$/i.test(method?.attributes.get('Algorithm') ?? '')) {
    return refusePskc('unsupported-protection', { field: 'KeyDerivationMethod' }, 'only PBKDF2 is known')
  }
  const parameters = descend(method, 'PBKDF2-params')
  if (parameters === undefined) return refusePskc('missing-field', { field: 'PBKDF2-params' }, 'the field is missing')
  const salt = saltOf(parameters)
  const options = { c: iterationsOf(parameters, unlock.maxIterations), dkLen: keyBytesOf(parameters) }
  const hash = pseudoRandomFunction(parameters)
  if (unlock.password === undefined) {
    const cause = 'the values are encrypted with a password; give the password that came with the file'
    return refusePskc('password-required', { field: 'EncryptionKey' }, cause)
  }
  return pbkdf2(hash, encodeUtf8(unlock.password), salt, options)
}

const saltOf = (parameters: XmlElement): Uint8Array => {
  const text = textAt(parameters, 'Salt', 'Specified')
  if (text === undefined) return refusePskc('missing-field', { field: 'Salt' }, 'the salt is missing')
  const salt = decodeBase64(text)
  if (salt === undefined || salt.length > MAX_SALT_BYTES) {
    return refusePskc('invalid-field', { field: 'Salt' }, `the salt is not base64 of at most ${MAX_SALT_BYTES} bytes`)
  }
  return salt
}

const iterationsOf = (parameters: XmlElement, maxIterations: number): number => {
  const text = textAt(parameters, 'IterationCount')
  if (text === undefined) return refusePskc('missing-field', { field: 'IterationCount' }, 'the field is missing')
  const iterations = parseBoundedInteger(text, 1, Number.MAX_SAFE_INTEGER)
  if (iterations === undefined && !/^\d{16,}$/.test(text)) {
    return refusePskc('invalid-field', { field: 'IterationCount' }, 'it is not a whole number of at least 1')
  }
  if (iterations === undefined || iterations > maxIterations) {
    const cause = `it asks for more than ${maxIterations} rounds; raise the limit if you trust the file`
    return refusePskc('limit-exceeded', { field: 'IterationCount' }, cause)
  }
  return iterations
}

const keyBytesOf = (parameters: XmlElement): number => {
  const keyBytes = parseBoundedInteger(textAt(parameters, 'KeyLength') ?? '16', 16, 32)
  if (keyBytes !== undefined && keyBytes % 8 === 0) return keyBytes
  return refusePskc('invalid-field', { field: 'KeyLength' }, 'it is not 16, 24 or 32')
}

/** The PRF is an attribute in the standard and an element's text in some real files; absent or empty means HMAC-SHA1. */
const pseudoRandomFunction = (parameters: XmlElement): CHash => {
  const element = descend(parameters, 'PRF')
  const name = element?.attributes.get('Algorithm') ?? textAt(parameters, 'PRF')
  if (name === undefined) return sha1
  return hmacHash(name) ?? refusePskc('unsupported-protection', { field: 'PRF' }, 'its hash is not known')
}
