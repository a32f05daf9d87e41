import { setTimeout as sleep } from 'node:timers/promises'
import { type JobRunner, type JobStep, rewrapSealed, uniqueId } from '@driftlock/application'
import { addMs } from '@driftlock/domain'
import { KEY_PURPOSES, rotateDataKey } from '@driftlock/keys'
import { z } from 'zod'
import type { Instance } from '../instance/open-instance.ts'
import { sealedColumns } from '../instance/sealed-columns.ts'

const parametersSchema = z
  .object({
    purposes: z.array(z.enum(KEY_PURPOSES)).min(1),
    /** How long every instance is given to load a new key before anything is sealed with it. */
    graceMs: z.int().min(0),
  })
  .catch({ purposes: [...KEY_PURPOSES], graceMs: 60_000 })

/** Where a rotation stands; another process goes on from here. */
const standSchema = z
  .object({
    /** Ids of the keys that were made, by purpose. */
    made: z.record(z.string(), z.string()),
    /** Milliseconds since the epoch. */
    waitUntil: z.number(),
    rewrap: z.object({ place: z.string(), afterRow: z.string(), done: z.number(), total: z.number() }).nullable(),
  })
  .catch(() => ({ made: {}, waitUntil: 0, rewrap: null }))

type Stand = z.infer<typeof standSchema>

export type RotationParameters = z.infer<typeof parametersSchema>

const WAIT_STEP_MS = 1000

/** New data keys, and every secret sealed again under them. Keys made before an interruption are not made twice. */
export function rotateKeysRunner(instance: Instance): JobRunner {
  const { keys, keyParts, clock, store } = instance
  return async function* (job) {
    const { purposes, graceMs } = parametersSchema.parse(job.parameters)
    const stand: Stand = standSchema.parse(job.checkpoint)
    const { made } = stand
    for (const purpose of purposes.filter((one) => !(one in made))) {
      made[purpose] = await rotateDataKey(keys, keyParts, { purpose, graceMs })
      stand.waitUntil = addMs(clock.now(), graceMs)
      yield stepOf(stand)
    }
    while (clock.now() < stand.waitUntil) {
      await sleep(Math.min(WAIT_STEP_MS, stand.waitUntil - clock.now()))
      yield stepOf(stand)
    }
    for await (const rewrap of rewrapSealed(keys, sealedColumns(store.administration), stand.rewrap ?? undefined)) {
      stand.rewrap = rewrap
      yield stepOf(stand)
    }
    const result = { made, resealed: stand.rewrap?.done ?? 0 }
    await note(instance, { job: job.id, made })
    return result
  }
}

function stepOf(stand: Stand): JobStep {
  return { checkpoint: stand, doneCount: stand.rewrap?.done ?? 0, totalCount: stand.rewrap?.total ?? null }
}

async function note({ store, clock, random, name }: Instance, after: unknown): Promise<void> {
  const actor = { type: 'system', id: name, name } as const
  const id = uniqueId({ clock, random })
  await store.administration.transaction(async (tx) => {
    tx.audit({ id, at: clock.now(), actor, action: 'rotate-keys', outcome: 'success', reason: 'done', after })
  })
}
