import type { AuditAction, AuditOutcome } from '@driftlock/domain'
import type { AdministrationTransaction } from '../ports/administration-store.ts'
import type { HaConnection, RecordWrite, RunCounts, SyncProgress, SyncRun } from '../ports/high-availability-store.ts'
import { uniqueId } from '../unique-id.ts'
import type { HaPorts } from './ha-ports.ts'

/** A run as it stands: what was read, and what the next write is conditional on. */
export interface SyncState {
  readonly connection: HaConnection
  readonly progress: SyncProgress
  readonly progressVersion: number
  /** The setting of the marker, as it must still be when the next page is written. */
  readonly settingMs: number
  readonly run: SyncRun
}

export const NO_COUNTS: RunCounts = {
  pages: 0,
  fetched: 0,
  added: 0,
  updated: 0,
  revoked: 0,
  unmatched: 0,
  failed: 0,
  removed: 0,
  rematched: 0,
  stepsReported: 0,
}

/** What one step of a run makes of it. */
export interface StateChange {
  readonly progress?: Partial<SyncProgress>
  readonly run?: Partial<SyncRun>
  /** Added to the run's. */
  readonly counts?: Partial<RunCounts>
}

/**
 * One step made true: its writes, the progress and the run in one transaction, or nothing. Another run that went on
 * meanwhile makes it fail. @throws StoreError `STALE_VERSION`.
 */
export async function commitStep(
  ports: HaPorts,
  state: SyncState,
  work: (tx: AdministrationTransaction) => Promise<StateChange> | StateChange,
): Promise<SyncState> {
  return ports.administration.transaction(async (tx) => {
    const change = await work(tx)
    const progress = { ...state.progress, ...change.progress }
    const run = { ...state.run, ...change.run, counts: added(state.run.counts, change.counts) }
    await tx.highAvailability.saveProgress(progress, state.progressVersion)
    await tx.highAvailability.saveRun(run)
    return { ...state, progress, run, progressVersion: state.progressVersion + 1 }
  })
}

function added(counts: RunCounts, more: Partial<RunCounts> = {}): RunCounts {
  const sum = Object.entries(counts).map(([name, count]: [string, number]) => [
    name,
    count + (more[name as keyof RunCounts] ?? 0), // the keys of that very table
  ])
  return Object.fromEntries(sum) as RunCounts // the same keys
}

export interface RunAudit {
  readonly action: AuditAction
  readonly outcome: AuditOutcome
  readonly reason: string
  readonly before?: unknown
  readonly after: unknown
}

/** Serials an audit record names of those that are many. */
const NAMED_SERIALS = 100

/** The system's own record of what a run did. */
export function auditRun(ports: HaPorts, tx: Pick<AdministrationTransaction, 'audit'>, facts: RunAudit): void {
  const actor = { type: 'system', id: ports.instanceName, name: ports.instanceName } as const
  tx.audit({ id: uniqueId(ports), at: ports.clock.now(), actor, ...facts })
}

/** Records that tokens of apps went, with the first of their serials. */
export function auditRemoval(
  ports: HaPorts,
  tx: Pick<AdministrationTransaction, 'audit'>,
  { serials, reason }: { readonly serials: readonly string[]; readonly reason: string },
): void {
  if (serials.length === 0) return
  const after = { count: serials.length, serials: serials.slice(0, NAMED_SERIALS) }
  auditRun(ports, tx, { action: 'remove-cloud-tokens', outcome: 'success', reason, after })
}

/** Records which tokens a page took away, and why. */
export function auditLostTokens(
  ports: HaPorts,
  tx: Pick<AdministrationTransaction, 'audit'>,
  writes: readonly RecordWrite[],
): void {
  for (const reason of ['revoked', 'unmatched'] as const) {
    const lost = writes.filter(({ held, place }) => held?.hasToken === true && place.type === reason)
    auditRemoval(ports, tx, { serials: lost.map(({ record }) => record.serial), reason })
  }
}
