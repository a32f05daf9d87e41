import { createPublicKey, type KeyObject } from 'node:crypto'

/** RFC 8410 §4: the fixed head of a SubjectPublicKeyInfo; the 32 octets follow. */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex')

/** @returns the raw public key, 32 octets (RFC 8032 §5.1.5). */
export function publicKeyOctets(privateKey: KeyObject): Uint8Array {
  return Uint8Array.from(createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(SPKI_HEAD.length))
}

export function publicKeyOf(octets: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([SPKI_HEAD, octets]), format: 'der', type: 'spki' })
}
