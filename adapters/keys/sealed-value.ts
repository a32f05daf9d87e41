import { createCipheriv, createDecipheriv, type KeyObject, randomFillSync } from 'node:crypto'

const VERSION = 1
const KEY_ID_OCTETS = 4
const NONCE_AT = 1 + KEY_ID_OCTETS
const CONTENT_AT = NONCE_AT + 12
const TAG_OCTETS = 16

/** Octets that sealing adds: version 1, key id 4, nonce 12, tag 16. */
const SEAL_OVERHEAD = CONTENT_AT + TAG_OCTETS

/**
 * AES-256-GCM: version ‖ key id ‖ nonce ‖ ciphertext ‖ tag. The nonce is random: a key must be rotated before 2^32 values
 * (NIST SP 800-38D §8.3).
 * @param bound Associated data: what must be the same for the value to open.
 */
export function sealValue(
  key: { readonly id: string; readonly key: KeyObject },
  bound: string,
  content: Uint8Array,
): Buffer {
  const sealed = Buffer.allocUnsafe(SEAL_OVERHEAD + content.length)
  sealed[0] = VERSION
  sealed.write(key.id, 1, 'hex')
  const nonce = randomFillSync(sealed.subarray(NONCE_AT, CONTENT_AT))
  const cipher = createCipheriv('aes-256-gcm', key.key, nonce, { authTagLength: TAG_OCTETS })
  cipher.setAAD(associatedData(sealed, bound))
  cipher.update(content).copy(sealed, CONTENT_AT)
  cipher.final()
  cipher.getAuthTag().copy(sealed, CONTENT_AT + content.length)
  return sealed
}

/** @returns eight hexadecimal digits, or `undefined` for what is no sealed value of this version. */
export function keyIdOf(sealed: Uint8Array): string | undefined {
  if (sealed.length < SEAL_OVERHEAD || sealed[0] !== VERSION) return undefined
  return bufferOver(sealed).toString('hex', 1, NONCE_AT)
}

/** @returns the content, or `undefined` if anything about the value, its key or what it is bound to differs. */
export function openValue(key: KeyObject, bound: string, sealed: Uint8Array): Uint8Array | undefined {
  const bytes = bufferOver(sealed)
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(NONCE_AT, CONTENT_AT), {
    authTagLength: TAG_OCTETS,
  })
  decipher.setAAD(associatedData(bytes, bound))
  decipher.setAuthTag(bytes.subarray(-TAG_OCTETS))
  const content = decipher.update(bytes.subarray(CONTENT_AT, -TAG_OCTETS))
  try {
    decipher.final()
    return new Uint8Array(content.buffer, content.byteOffset, content.length)
  } catch {
    content.fill(0)
    return undefined // the only way GCM's final fails: the tag does not fit
  }
}

/** Version and key id are bound too, so that no octet of a sealed value is free. */
function associatedData(sealed: Buffer, bound: string): Buffer {
  const data = Buffer.allocUnsafe(NONCE_AT + Buffer.byteLength(bound))
  sealed.copy(data, 0, 0, NONCE_AT)
  data.write(bound, NONCE_AT)
  return data
}

function bufferOver(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
