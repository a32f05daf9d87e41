import type { UnixMs } from '@driftlock/domain'
import type { AuditRepository } from '../ports/audit-store.ts'
import type { AuditFault } from './chain-walk.ts'
import { type CheckpointPorts, signCheckpoint } from './sign-checkpoint.ts'

const AT_ONCE = 1000

export interface PrunePorts extends CheckpointPorts {
  readonly auditLog: CheckpointPorts['auditLog'] & Pick<AuditRepository, 'heads' | 'lastSequenceBefore' | 'prune'>
}

export interface PruneProgress {
  readonly chainId: string
  readonly pruned: number
  /** Highest sequence that retention lets go; 0 = none. */
  readonly throughSequence: number
  readonly fault?: AuditFault
}

/**
 * Retention: reduces the records before an instant to their digests, oldest first, so that the chain stays provable. The
 * chain is verified and signed before anything is let go; a broken chain keeps its records. May be stopped and repeated.
 * Yields after each thousand records.
 */
export async function* pruneAudit(ports: PrunePorts, before: UnixMs): AsyncGenerator<PruneProgress> {
  for (const { chainId } of await ports.auditLog.heads()) {
    const throughSequence = await ports.auditLog.lastSequenceBefore(chainId, before)
    if (throughSequence === 0) continue
    const signed = await signCheckpoint(ports, chainId)
    if (signed !== undefined && 'kind' in signed) {
      yield { chainId, pruned: 0, throughSequence, fault: signed }
      continue
    }
    for (let pruned = 0, last = AT_ONCE; last === AT_ONCE; ) {
      last = await ports.auditLog.prune(chainId, throughSequence, AT_ONCE)
      pruned += last
      yield { chainId, pruned, throughSequence }
    }
  }
}
