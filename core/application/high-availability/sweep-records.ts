import { addDivergence } from '@driftlock/domain'
import type { HaPorts } from './ha-ports.ts'
import { auditRemoval, commitStep, type SyncState } from './sync-state.ts'

/** Records of one transaction. */
const AT_ONCE = 500

/** The end of a full run: what the cloud no longer has goes, with its tokens. Goes on where it was interrupted. */
export async function sweepRecords(ports: HaPorts, state: SyncState, prolong: () => Promise<void>): Promise<SyncState> {
  let current = state
  for (let after = ''; ; ) {
    const gone = await ports.administration.read.highAvailability.notMet(state.progress.generation, after, AT_ONCE)
    const last = gone.at(-1)
    if (last === undefined) return current
    await prolong()
    current = await commitStep(ports, current, async (tx) => {
      const held = await tx.highAvailability.held(gone)
      const serials = await tx.highAvailability.removeRecords(gone)
      auditRemoval(ports, tx, { serials, reason: 'gone' })
      const { full } = current.progress
      // A revoked record that the cloud has forgotten is no divergence.
      const active = held.filter(({ state: condition }) => condition === 'active').length
      const isNews = full === null || full.divergenceUpToMs === 0
      const divergence = full && addDivergence(full.divergence, isNews ? undefined : 'gone', active)
      return {
        progress: { full: full && divergence && { ...full, divergence } },
        run: { divergence },
        counts: { removed: gone.length },
      }
    })
    after = last
  }
}
