import { type JobKind, type JobRunner, pruneAuditRecords } from '@driftlock/application'
import { addMs, unixMs } from '@driftlock/domain'
import { ringAuditProof, ringCheckpointSigner } from '@driftlock/keys'
import { z } from 'zod'
import type { Instance } from '../instance/open-instance.ts'
import { rotateKeysRunner } from './rotate-keys.ts'
import { verifyAuditRunner } from './verify-audit.ts'

/** An import that has staged nothing for so long is dead. */
const LEFT_OVER_MS = 24 * 3_600_000

/** The long work that an instance takes up, by kind. */
export function jobRunners(instance: Instance) {
  return {
    'rotate-keys': rotateKeysRunner(instance),
    'verify-audit': verifyAuditRunner(instance),
    'prune-audit': pruneAuditRunner(instance),
    'discard-left-overs': discardRunner(instance),
  } as const satisfies Record<JobKind, JobRunner>
}

const pruneSchema = z.object({ before: z.int() })

/** `parameters.before`: milliseconds since the epoch. May be repeated: what is pruned stays pruned. */
function pruneAuditRunner({ administration, keys, name }: Instance): JobRunner {
  const actor = { type: 'system', id: name, name } as const
  const proofs = { proof: ringAuditProof(keys), signer: ringCheckpointSigner(keys) }
  return async function* (job) {
    const before = unixMs(pruneSchema.parse(job.parameters).before)
    const pruned = new Map<string, number>()
    const context = { authority: { type: 'system' }, actor } as const
    for await (const step of pruneAuditRecords({ ...administration, ...proofs }, context, { before })) {
      pruned.set(step.chainId, step.pruned)
      const doneCount = [...pruned.values()].reduce((sum, one) => sum + one, 0)
      yield { checkpoint: null, doneCount, totalCount: null }
    }
    return { pruned: Object.fromEntries(pruned) }
  }
}

/** Rows that an import left behind when its process was killed. */
function discardRunner({ store, clock }: Instance): JobRunner {
  // oxlint-disable-next-line require-yield -- one piece, whose result is all there is to report
  return async function* () {
    return { discarded: await store.administration.staging.discardBefore(addMs(clock.now(), -LEFT_OVER_MS)) }
  }
}
