import { createCipheriv, createDecipheriv, createHmac, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'

/**
 * What wraps the data keys. Asynchronous, and without a way to read the key, so that a PKCS#11 token or a key service
 * can stand here: it then wraps inside the device.
 */
export interface MasterKey {
  /** 16 hexadecimal digits that name the key without telling anything about it. */
  readonly id: string
  /** Where it came from, for messages: `file /etc/driftlock/master.key`. */
  readonly source: string
  wrap(plaintext: Uint8Array, bound: string): Promise<Uint8Array>
  /** @throws Error if the wrapped key was changed, or bound to something else. */
  unwrap(wrapped: Uint8Array, bound: string): Promise<Uint8Array>
}

export const MASTER_KEY_OCTETS = 32
const NONCE_OCTETS = 12
const TAG_OCTETS = 16

/** A master key held in memory: AES-256-GCM, nonce ‖ ciphertext ‖ tag. */
export function masterKeyOf(octets: Uint8Array, source: string): MasterKey {
  if (octets.length !== MASTER_KEY_OCTETS) throw new RangeError(`A master key has ${MASTER_KEY_OCTETS} octets`)
  const key = createSecretKey(octets)
  return {
    id: createHmac('sha256', key).update('driftlock master key id').digest('hex').slice(0, 16),
    source,
    wrap: async (plaintext, bound) => wrapUnder(key, plaintext, bound),
    unwrap: async (wrapped, bound) => unwrapUnder(key, wrapped, bound),
  }
}

function wrapUnder(key: KeyObject, plaintext: Uint8Array, bound: string): Uint8Array {
  const nonce = randomBytes(NONCE_OCTETS)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_OCTETS })
  cipher.setAAD(Buffer.from(bound))
  return Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()])
}

function unwrapUnder(key: KeyObject, wrapped: Uint8Array, bound: string): Uint8Array {
  if (wrapped.length <= NONCE_OCTETS + TAG_OCTETS) throw new RangeError('The wrapped key is too short')
  const decipher = createDecipheriv('aes-256-gcm', key, wrapped.subarray(0, NONCE_OCTETS), {
    authTagLength: TAG_OCTETS,
  })
  decipher.setAAD(Buffer.from(bound))
  decipher.setAuthTag(wrapped.subarray(-TAG_OCTETS))
  return Buffer.concat([decipher.update(wrapped.subarray(NONCE_OCTETS, -TAG_OCTETS)), decipher.final()])
}
