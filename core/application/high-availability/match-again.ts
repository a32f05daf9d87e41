import type { HeldRecord } from '@driftlock/domain'
import type { CloudCalls, SealedRecord } from '../ports/cloud-service.ts'
import type { HaPorts } from './ha-ports.ts'
import type { MatchingRule } from './matching-rule.ts'
import { type OpenedSeeds, openSeeds, planPage } from './plan-page.ts'
import { auditLostTokens, commitStep, type SyncState } from './sync-state.ts'

/** Records of one transaction. */
const AT_ONCE = 200
/** Records that are asked for once more in one run. */
const ASKED_AGAIN = 50

/**
 * Matches records anew whose user, or source, was created or changed here. Asks the cloud for nothing: their seeds wait
 * with them. Records that are marked meanwhile come with the next round.
 */
export async function matchAgain(ports: HaPorts, state: SyncState, rule: MatchingRule): Promise<SyncState> {
  const { companyId } = state.connection.identity
  const ground = { companyId, occasion: 'rematch', rule } as const
  let current = state
  for (;;) {
    if ((await ports.administration.read.highAvailability.toMatch(1)).length === 0) return current
    current = await commitStep(ports, current, async (tx) => {
      const held = await tx.highAvailability.toMatch(AT_ONCE)
      const planned = await planPage(tx, held.map(asRecord), { ground, seeds: NO_SEEDS })
      await tx.highAvailability.settle(planned.unchanged)
      await tx.highAvailability.write(planned.writes, { generation: null, now: ports.clock.now() })
      auditLostTokens(ports, tx, planned.writes)
      return { counts: { rematched: planned.writes.filter(({ place }) => place.type === 'matched').length } }
    })
  }
}

const NO_SEEDS: OpenedSeeds = new Map()

/** Asks again for records whose sealed seed did not open: the keys may have been between two rotations. */
export async function askAgain(
  ports: HaPorts,
  state: SyncState,
  { session, rule }: { readonly session: CloudCalls; readonly rule: MatchingRule },
): Promise<SyncState> {
  const { companyId } = state.connection.identity
  const ground = { companyId, occasion: 'change', rule } as const
  const unreadable = await ports.administration.read.highAvailability.unreadable(ASKED_AGAIN)
  const wanted = new Set(unreadable.map(({ recordId }) => recordId))
  let current = state
  for (const attribute of new Set(unreadable.map(({ userAttribute }) => userAttribute))) {
    const answer = await session.userRecords(attribute)
    const records = answer.records.filter(({ recordId }) => wanted.has(recordId))
    const seeds = await openSeeds(ports, records, { ground, session })
    const opened = records.filter(({ recordId }) => seeds.get(recordId)?.seed instanceof Uint8Array)
    if (opened.length === 0) continue
    current = await commitStep(ports, current, async (tx) => {
      const planned = await planPage(tx, opened, { ground, seeds })
      await tx.highAvailability.write(planned.writes, { generation: null, now: ports.clock.now() })
      return { counts: { rematched: planned.writes.filter(({ place }) => place.type === 'matched').length } }
    })
  }
  return current
}

/** A record that is here, as the cloud last said it. */
export function asRecord(held: HeldRecord): SealedRecord {
  const { recordId, serial, userAttribute, identitySource, algorithm, digits, intervalSeconds, state } = held
  const { clockOffsetMs, seedVersion, changeTimeMs, sharedStep } = held
  return {
    recordId,
    serial,
    userAttribute,
    identitySource,
    algorithm,
    digits,
    intervalSeconds,
    state,
    clockOffsetMs,
    seedVersion,
    changeTimeMs,
    lastUsedStep: sharedStep < 0n ? null : sharedStep,
  }
}
