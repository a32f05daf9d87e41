import { createPrivateKey, type KeyObject } from 'node:crypto'
import { CloudError } from '@driftlock/application'
import type { SealingJwk, SigningJwk } from '@driftlock/contracts'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose'
import { z } from 'zod'

const privateJwk = z.record(z.string(), z.string())
const pair = z.object({ signing: privateJwk, sealing: privateJwk })

/** The manager's private keys, as they are sealed in the store. */
const keyFile = pair.extend({
  /** The sealing key of before: pages that were under way are sealed to it. */
  previousSealing: privateJwk.optional(),
  /** A rotation that was begun: the cloud knows these keys, or the ones above. */
  next: pair.optional(),
})

type KeyFile = z.infer<typeof keyFile>

/** The type jose gives to a key of the platform. */
export type PlatformKey = CryptoKey

export interface SigningKey {
  readonly kid: string
  readonly key: PlatformKey
}

/** Keys that are ready to use. */
export interface ManagerKeys {
  readonly signing: SigningKey
  /** Of a rotation that was begun. */
  readonly nextSigning: SigningKey | undefined
  /** Every private sealing key, by its thumbprint. */
  readonly sealing: ReadonlyMap<string, KeyObject>
  readonly file: KeyFile
}

export interface PublicPair {
  readonly signingKey: SigningJwk
  readonly sealingKey: SealingJwk
}

/** RFC 7638, SHA-256. */
export async function thumbprintOf(jwk: object): Promise<string> {
  return calculateJwkThumbprint(jwk, 'sha256')
}

/** Fresh private keys: Ed25519 to sign, X25519 for seeds, which it opens fastest. */
export async function newKeyFile(): Promise<KeyFile> {
  return newPair()
}

async function newPair(): Promise<z.infer<typeof pair>> {
  const signing = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
  const sealing = await generateKeyPair('ECDH-ES', { crv: 'X25519', extractable: true })
  return pair.parse({
    signing: pick(await exportJWK(signing.privateKey)),
    sealing: pick(await exportJWK(sealing.privateKey)),
  })
}

function pick({ kty, crv, x, d }: JWK) {
  return { kty, crv, x, d }
}

/** The same keys with a rotation begun; one that was begun before is gone on with. */
export async function withNext(file: KeyFile): Promise<KeyFile> {
  return { ...file, next: file.next ?? (await newPair()) }
}

/** The keys of the rotation in their place, with the old sealing key for what is under way. */
export function promoted(file: KeyFile): KeyFile {
  return file.next === undefined ? file : { ...file.next, previousSealing: file.sealing }
}

export function publicPair({ signing, sealing }: z.infer<typeof pair>): PublicPair {
  const open = ({ d: _private, ...rest }: Readonly<Record<string, string>>) => rest
  return { signingKey: open(signing) as SigningJwk, sealingKey: open(sealing) as SealingJwk } // made by newPair
}

export function keyBytes(file: KeyFile): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(file))
}

/** @throws CloudError `CLOUD_ANSWER_INVALID` for what is no key file of ours. */
export async function readKeys(content: Uint8Array): Promise<ManagerKeys> {
  const file = parsed(content)
  const sealing = new Map<string, KeyObject>()
  for (const jwk of [file.sealing, file.previousSealing, file.next?.sealing]) {
    if (jwk !== undefined) sealing.set(await thumbprintOf(jwk), createPrivateKey({ key: jwk, format: 'jwk' }))
  }
  return {
    signing: await signingKey(file.signing),
    nextSigning: file.next && (await signingKey(file.next.signing)),
    sealing,
    file,
  }
}

function parsed(content: Uint8Array): KeyFile {
  try {
    return keyFile.parse(JSON.parse(new TextDecoder().decode(content)))
  } catch {
    throw new CloudError('CLOUD_ANSWER_INVALID', 'The keys of the connection are not readable. Connect anew.')
  }
}

async function signingKey(jwk: Readonly<Record<string, string>>): Promise<SigningKey> {
  return { kid: await thumbprintOf(jwk), key: await imported(jwk, 'EdDSA') }
}

async function imported(jwk: Readonly<Record<string, string>>, algorithm: string): Promise<PlatformKey> {
  return (await importJWK(jwk, algorithm)) as PlatformKey // an asymmetric key is never octets
}
