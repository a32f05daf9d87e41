import type { KeyPurpose, RewrappedKey } from '@driftlock/application'
import { addMs } from '@driftlock/domain'
import { makeWrappedKey, rewrapDataKey } from './data-key.ts'
import type { DataKeyRing } from './data-key-ring.ts'
import { KeyRingError } from './key-ring-error.ts'
import type { MasterKey } from './master-key.ts'
import { type KeyRingParts, masterOf, refreshKeyRing } from './open-key-ring.ts'

/** Time for every instance to load a new key before one seals with it. */
export const KEY_GRACE_MS = 60_000

/**
 * Makes the next key of the purpose. It becomes current after `graceMs`; older keys go on opening what they sealed.
 * @param graceMs 0 where one instance runs alone.
 * @returns the id of the new key.
 * @throws KeyRingError KEY_STORE_BUSY if another instance rotated at the same moment, MASTER_KEY_WRONG if the master key
 * was changed meanwhile.
 */
export async function rotateDataKey(
  ring: DataKeyRing,
  parts: KeyRingParts,
  { purpose, graceMs }: { readonly purpose: KeyPurpose; readonly graceMs: number },
): Promise<string> {
  const [master] = parts.masterKeys
  for (const wrapped of await parts.store.list()) masterOf([master], wrapped)
  await refreshKeyRing(ring, parts)
  const createdAt = parts.clock.now()
  const generation = (ring.keys().newest(purpose)?.generation ?? 0) + 1
  const wanted = { purpose, generation, createdAt, activeFrom: addMs(createdAt, graceMs) }
  const wrapped = await makeWrappedKey(master, wanted)
  if (!(await parts.store.insert(wrapped))) throw busy(`generation ${generation} of the ${purpose} key`)
  await refreshKeyRing(ring, parts)
  return wrapped.id
}

/**
 * Wraps every data key under another master key, in one transaction. Running instances go on (their data keys are in
 * memory); afterwards each must be started with the new master key. May be repeated: it changes nothing then.
 * @returns how many keys were wrapped anew.
 * @throws KeyRingError KEY_STORE_BUSY if a key was added meanwhile: nothing was changed, run it again.
 */
export async function rotateMasterKey(parts: KeyRingParts, next: MasterKey): Promise<number> {
  const stored = await parts.store.list()
  const rewrapped: RewrappedKey[] = []
  for (const wrapped of stored) {
    const master = masterOf([next, ...parts.masterKeys], wrapped)
    rewrapped.push({
      id: wrapped.id,
      previousMasterKeyId: master.id,
      masterKeyId: next.id,
      wrapped: await rewrapDataKey(wrapped, master, next),
    })
  }
  const changed = rewrapped.filter((key) => key.previousMasterKeyId !== next.id).length
  if (changed > 0 && !(await parts.store.rewrap(rewrapped))) throw busy('the set of data keys')
  return changed
}

function busy(what: string): KeyRingError {
  return new KeyRingError(
    'KEY_STORE_BUSY',
    `Another instance changed ${what} at the same moment. Run the command again.`,
  )
}
