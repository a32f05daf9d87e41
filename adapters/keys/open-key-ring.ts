import type { Clock, KeyPurpose, KeyStore, WrappedKey } from '@driftlock/application'
import { type DataKey, makeWrappedKey, unwrapDataKey } from './data-key.ts'
import { DataKeyRing } from './data-key-ring.ts'
import { KeyRingError } from './key-ring-error.ts'
import { KeySet } from './key-set.ts'
import type { MasterKey } from './master-key.ts'

const PURPOSES: Readonly<Record<KeyPurpose, true>> = {
  seed: true,
  'radius-secret': true,
  setting: true,
  'private-key': true,
  challenge: true,
  session: true,
  download: true,
  'pin-pepper': true,
  'audit-mac': true,
  'audit-signing': true,
}
export const KEY_PURPOSES = Object.keys(PURPOSES) as readonly KeyPurpose[] // the keys of a complete record

export interface KeyRingParts {
  readonly store: KeyStore
  readonly clock: Clock
  /** The first wraps new keys; the others only unwrap, while the master key is being changed. */
  readonly masterKeys: readonly [MasterKey, ...MasterKey[]]
}

/**
 * Opens the key ring at start: unwraps every data key, and makes the first key of each purpose that has none.
 * @throws KeyRingError MASTER_KEY_WRONG or DATA_KEY_DAMAGED; nothing was written then.
 */
export async function openKeyRing(parts: KeyRingParts): Promise<DataKeyRing> {
  const stored = await parts.store.list()
  const opened = await unwrapAll(parts.masterKeys, stored, new KeySet([]))
  const missing = KEY_PURPOSES.filter((purpose) => opened.newest(purpose) === undefined)
  for (const purpose of missing) await insertFirst(parts, purpose)
  const keys = missing.length === 0 ? opened : await unwrapAll(parts.masterKeys, await parts.store.list(), opened)
  return new DataKeyRing(keys, parts.clock)
}

/** Loads keys that other instances made. Call it every few seconds: less often than a new key takes to become active. */
export async function refreshKeyRing(ring: DataKeyRing, parts: KeyRingParts): Promise<void> {
  ring.replaceKeys(await unwrapAll(parts.masterKeys, await parts.store.list(), ring.keys()))
}

async function unwrapAll(masters: readonly MasterKey[], stored: readonly WrappedKey[], known: KeySet): Promise<KeySet> {
  const keys: DataKey[] = []
  for (const wrapped of stored) {
    keys.push(known.get(wrapped.id) ?? (await unwrapDataKey(masterOf(masters, wrapped), wrapped)))
  }
  return new KeySet(keys)
}

/** @throws KeyRingError MASTER_KEY_WRONG naming the key that is needed and those that were given. */
export function masterOf(masters: readonly MasterKey[], wrapped: WrappedKey): MasterKey {
  const master = masters.find((candidate) => candidate.id === wrapped.masterKeyId)
  if (master !== undefined) return master
  const given = masters.map(({ id, source }) => `${id} from the ${source}`).join(', ')
  throw new KeyRingError(
    'MASTER_KEY_WRONG',
    `The data keys of this database are wrapped by master key ${wrapped.masterKeyId}, but the key given is ${given}. Give the master key that belongs to this database (or the database that belongs to this key); without it no seed, PIN or secret can be used.`,
  )
}

async function insertFirst({ store, clock, masterKeys }: KeyRingParts, purpose: KeyPurpose): Promise<void> {
  const now = clock.now()
  // A false answer means that another instance made it first: the list read next has that one.
  await store.insert(await makeWrappedKey(masterKeys[0], { purpose, generation: 1, createdAt: now, activeFrom: now }))
}
