import { createPrivateKey, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import type { KeyPurpose, WrappedKey } from '@driftlock/application'
import type { UnixMs } from '@driftlock/domain'
import { publicKeyOctets } from './ed25519.ts'
import { KeyRingError } from './key-ring-error.ts'
import type { MasterKey } from './master-key.ts'

const DATA_KEY_OCTETS = 32
/** RFC 8410 §7: the fixed head of a PKCS#8 Ed25519 key; the 32 octets follow. */
const ED25519_PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex')

/** A data key, unwrapped. */
export interface DataKey {
  readonly id: string
  readonly purpose: KeyPurpose
  readonly generation: number
  readonly activeFrom: UnixMs
  readonly key: KeyObject
  /** `pin-pepper` only: the pure core computes with octets. */
  readonly octets: Uint8Array | null
  readonly publicKey: Uint8Array | null
}

export interface NewDataKey {
  readonly purpose: KeyPurpose
  readonly generation: number
  readonly createdAt: UnixMs
  readonly activeFrom: UnixMs
}

/** Makes a random data key and wraps it. */
export async function makeWrappedKey(master: MasterKey, wanted: NewDataKey): Promise<WrappedKey> {
  const id = randomBytes(4).toString('hex')
  const octets = randomBytes(DATA_KEY_OCTETS)
  const publicKey = wanted.purpose === 'audit-signing' ? publicKeyOctets(ed25519Key(octets)) : null
  const wrapped = await master.wrap(octets, identityOf({ ...wanted, id }))
  octets.fill(0)
  return { ...wanted, id, masterKeyId: master.id, wrapped, publicKey }
}

/** @throws KeyRingError DATA_KEY_DAMAGED: the row was changed, or belongs to another key. */
export async function unwrapDataKey(master: MasterKey, wrapped: WrappedKey): Promise<DataKey> {
  const octets = await unwrapOctets(master, wrapped)
  const { id, purpose, generation, activeFrom } = wrapped
  const key = purpose === 'audit-signing' ? ed25519Key(octets) : createSecretKey(octets)
  const kept = purpose === 'pin-pepper' ? Uint8Array.from(octets) : null
  octets.fill(0)
  // The stored public key is not trusted: whoever can write the database could put his own there.
  const publicKey = purpose === 'audit-signing' ? publicKeyOctets(key) : null
  return { id, purpose, generation, activeFrom, key, octets: kept, publicKey }
}

/** The same key under another master key. */
export async function rewrapDataKey(wrapped: WrappedKey, from: MasterKey, to: MasterKey): Promise<Uint8Array> {
  const octets = await unwrapOctets(from, wrapped)
  const rewrapped = await to.wrap(octets, identityOf(wrapped))
  octets.fill(0)
  return rewrapped
}

async function unwrapOctets(master: MasterKey, wrapped: WrappedKey): Promise<Uint8Array> {
  try {
    const octets = await master.unwrap(wrapped.wrapped, identityOf(wrapped))
    if (octets.length === DATA_KEY_OCTETS) return octets
  } catch (error) {
    throw damaged(wrapped, error)
  }
  throw damaged(wrapped)
}

function damaged(wrapped: WrappedKey, cause?: unknown): KeyRingError {
  return new KeyRingError(
    'DATA_KEY_DAMAGED',
    `Data key ${wrapped.id} (${wrapped.purpose}, generation ${wrapped.generation}) does not open although the master key is the right one: its row was damaged or changed. Restore the keys from a backup of the database.`,
    { cause },
  )
}

/** Bound to the wrapped key, so that rows cannot be exchanged, nor an old generation made the current one. */
function identityOf(key: NewDataKey & { readonly id: string }): string {
  return JSON.stringify(['driftlock data key 1', key.id, key.purpose, key.generation, key.createdAt, key.activeFrom])
}

function ed25519Key(octets: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([ED25519_PKCS8_HEAD, octets]), format: 'der', type: 'pkcs8' })
}
