import { MS_PER_DAY } from '@driftlock/domain'
import type { CloudCalls } from '../ports/cloud-service.ts'
import type { UnreportedStep } from '../ports/high-availability-store.ts'
import type { HaPorts } from './ha-ports.ts'
import { commitStep, type SyncState } from './sync-state.ts'

/** Steps of one report, as the cloud takes them. */
const AT_ONCE = 1000

/**
 * Tells the cloud which steps were used here, so that no code is good for a second log-on there. Nothing is queued: what
 * was not told yet is what the tokens know (or left behind when they went) and the records do not, so no crash forgets any.
 * Telling one twice changes nothing there.
 */
export async function reportSteps(ports: HaPorts, state: SyncState, session: CloudCalls): Promise<SyncState> {
  const store = ports.administration.read.highAvailability
  const today = Math.floor(ports.clock.now() / MS_PER_DAY)
  const day = state.progress.unreportedFromDay
  let current = state
  for (;;) {
    const steps = await store.unreportedOfGone(AT_ONCE)
    if (steps.length === 0) break
    current = await report(ports, current, { session, steps })
  }
  for (let after = ''; ; ) {
    const page = await store.unreported({ day, after }, AT_ONCE)
    if (page.steps.length > 0) current = await report(ports, current, { session, steps: page.steps })
    if (page.next === undefined) break
    after = page.next
  }
  // A day back: instances' clocks may differ around midnight.
  return { ...current, progress: { ...current.progress, unreportedFromDay: Math.max(day, today - 1) } }
}

async function report(
  ports: HaPorts,
  state: SyncState,
  { session, steps }: { readonly session: CloudCalls; readonly steps: readonly UnreportedStep[] },
): Promise<SyncState> {
  // A serial the cloud does not know (any more) is done with as well: its record goes with the feed.
  await session.reportSteps(steps)
  return commitStep(ports, state, async (tx) => {
    await tx.highAvailability.reported(steps)
    return { counts: { stepsReported: steps.length } }
  })
}
