import { addMs } from '@driftlock/domain'
import type { AdministrationStore } from '../ports/administration-store.ts'
import type { Clock } from '../ports/clock.ts'
import type { AttemptMemory, OperationsStore } from '../ports/operations-store.ts'
import { withLease } from './with-lease.ts'

export interface ClearingPorts {
  readonly administration: Pick<AdministrationStore, 'transaction'>
  readonly operations: OperationsStore
  /** Where dialogues and repeated requests are remembered. */
  readonly attempts: Pick<AttemptMemory, 'removeExpiredBefore'>
  readonly clock: Clock
}

export interface Cleared {
  readonly sessions: number
  /** Dialogues with agents, answers kept for repeated requests. */
  readonly attempts: number
  readonly jobs: number
}

const LEASE_MS = 60_000
const THIRTY_DAYS_MS = 30 * 86_400_000

/**
 * Removes what nobody may use any more: expired sessions of the consoles, expired attempts, jobs that ended thirty days ago.
 * Of several instances one does it at a time. Not audited: what is removed was of no effect already.
 * @param holder Name of this instance.
 * @returns `undefined` when another instance is at it.
 */
export async function clearExpired(ports: ClearingPorts, holder: string): Promise<Cleared | undefined> {
  const { administration, operations, attempts, clock } = ports
  return withLease(ports, { name: 'clear-expired', holder, forMs: LEASE_MS }, async () => {
    const now = clock.now()
    return {
      sessions: await administration.transaction((tx) => tx.access.removeSessionsExpiredBefore(now)),
      attempts: await attempts.removeExpiredBefore(now),
      jobs: await operations.jobs.removeFinishedBefore(addMs(now, -THIRTY_DAYS_MS)),
    }
  })
}
