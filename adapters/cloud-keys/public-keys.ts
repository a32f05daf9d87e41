import type { PublicKeyText } from '@driftlock/application'
import type { SealingJwk, SigningJwk } from '@driftlock/contracts'
import { calculateJwkThumbprint, type CryptoKey, importJWK } from 'jose'

/** A public key as the store keeps it: canonical text, named by its RFC 7638 thumbprint. */
export async function publicKeyText(jwk: SigningJwk | SealingJwk): Promise<PublicKeyText> {
  return { id: await calculateJwkThumbprint(jwk, 'sha256'), jwk: JSON.stringify(jwk) }
}

/** Keys that were imported lately, by thumbprint: importing costs as much as using one. */
const imported = new Map<string, CryptoKey>()
const MOST_IMPORTED = 1000

/** @throws an error of `jose` when the text is no key: it was checked when it was stored. */
export async function importPublicKey({ id, jwk }: PublicKeyText, algorithm: 'EdDSA' | 'ECDH-ES'): Promise<CryptoKey> {
  const known = imported.get(`${algorithm} ${id}`)
  if (known !== undefined) return known
  const key = await importJWK(JSON.parse(jwk) as SigningJwk | SealingJwk, algorithm) // written by publicKeyText
  if (key instanceof Uint8Array) throw new TypeError('A public key is not symmetric.')
  if (imported.size >= MOST_IMPORTED) imported.clear()
  imported.set(`${algorithm} ${id}`, key)
  return key
}
