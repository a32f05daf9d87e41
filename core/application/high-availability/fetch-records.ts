import { type Divergence, markerTimeMs } from '@driftlock/domain'
import { CloudError, type CloudPage, type CloudCalls } from '../ports/cloud-service.ts'
import { settingInForce } from '../settings/setting-in-force.ts'
import type { HaPorts } from './ha-ports.ts'
import type { MatchingRule } from './matching-rule.ts'
import {
  type OpenedSeeds,
  openSeeds,
  type PageGround,
  type PlannedPage,
  planPage,
  SeedMissingError,
} from './plan-page.ts'
import { auditLostTokens, auditRemoval, commitStep, type StateChange, type SyncState } from './sync-state.ts'

export interface Fetching {
  readonly session: CloudCalls
  readonly rule: MatchingRule
  /** After which marker the first page begins. */
  readonly after: string
  /** Prolongs the right to run. @throws when it was lost. */
  readonly prolong: () => Promise<void>
}

/**
 * Somebody set the marker while a page was on its way: nothing of the page was written, and the run begins anew where the
 * setting says.
 */
export class MarkerMovedError extends Error {
  constructor() {
    super('The marker time was set while a page was on its way.')
    this.name = 'MarkerMovedError'
  }
}

/**
 * Fetches page after page and makes each true with its marker in one transaction. The next page is asked for, and its seeds
 * are opened, while one is being written; at most two are in memory.
 */
export async function fetchRecords(ports: HaPorts, state: SyncState, fetching: Fetching): Promise<SyncState> {
  const { session } = fetching
  const limit = await settingInForce(
    ports.administration.read,
    'auth_manager.cas.authentication.ha.seed_sync.batch_size',
  )
  const ground = groundOf(state, fetching)
  const ask = async (after: string): Promise<OpenedPage> => {
    const page = await session.feed(after, limit)
    requirePage(page, state, after)
    return { page, ground, seeds: await openSeeds(ports, page.records, { ground, session }) }
  }
  let current = state
  let coming = ask(fetching.after)
  for (;;) {
    const opened = await coming
    const { hasMore, nextMarker } = opened.page
    if (hasMore) {
      coming = ask(nextMarker)
      // Its failure is met where the page is awaited.
      coming.catch(() => undefined)
    }
    await fetching.prolong()
    current = await takePage(ports, current, { opened, session })
    if (!hasMore) return current
  }
}

function groundOf({ connection, progress: { full } }: SyncState, { rule }: Fetching): PageGround {
  return {
    companyId: connection.identity.companyId,
    occasion: full === null ? 'change' : 'full',
    rule,
    ...(full !== null && { divergenceUpToMs: full.divergenceUpToMs }),
  }
}

/** What is told of answers that are about somebody else. */
export function foreignCompany(expected: string, got: string): CloudError {
  return new CloudError('CLOUD_FOREIGN_COMPANY', 'The cloud sent records of another company. Nothing was taken over.', {
    facts: { expected, got },
  })
}

/** @throws CloudError `CLOUD_FOREIGN_COMPANY`, `CLOUD_ANSWER_INVALID`. */
function requirePage({ companyId, hasMore, nextMarker }: CloudPage, { connection }: SyncState, after: string): void {
  if (companyId !== connection.identity.companyId) throw foreignCompany(connection.identity.companyId, companyId)
  if (hasMore && nextMarker === after)
    throw new CloudError(
      'CLOUD_ANSWER_INVALID',
      'A page of the feed does not lead on: its marker is the one asked with.',
    )
}

interface OpenedPage {
  readonly page: CloudPage
  readonly ground: PageGround
  readonly seeds: OpenedSeeds
}

interface Taking {
  readonly opened: OpenedPage
  readonly session: CloudCalls
}

/** A user, record or token that changed between look and write makes both anew; more rounds mean that something is wrong. */
const MAX_ROUNDS = 4

async function takePage(ports: HaPorts, state: SyncState, { opened, session }: Taking): Promise<SyncState> {
  const { page, ground } = opened
  // A marker that was set by hand is taken up with an empty page too.
  const { marker, full } = state.progress
  if (page.records.length === 0 && full === null && page.nextMarker === marker) return state
  let { seeds } = opened
  for (let round = 1; ; round++) {
    try {
      return await writePage(ports, state, { page, ground, seeds })
    } catch (error) {
      if (!isPassing(error) || round === MAX_ROUNDS) throw error
    }
    seeds = await openSeeds(ports, page.records, { ground, session })
  }
}

/** A user was deleted, a record changed or a serial taken between the look and the write. */
function isPassing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return error instanceof SeedMissingError || code === 'REFERENCE_BROKEN' || code === 'ALREADY_EXISTS'
}

async function writePage(ports: HaPorts, state: SyncState, { page, ground, seeds }: OpenedPage): Promise<SyncState> {
  const toMs = markerTimeMs(page.nextMarker)
  const next = await commitStep(ports, state, async (tx) => {
    const now = ports.clock.now()
    const store = tx.highAvailability
    if (!(await store.advanceMarkerSetting(state.settingMs, toMs, now))) throw new MarkerMovedError()
    const planned = await planPage(tx, page.records, { ground, seeds })
    const superseded = await store.removeRecords(planned.superseded)
    auditRemoval(ports, tx, { serials: superseded, reason: 'superseded' })
    await store.write(planned.writes, { generation: state.progress.generation, now })
    if (state.progress.full !== null) await store.met(planned.unchanged, state.progress.generation)
    auditLostTokens(ports, tx, planned.writes)
    return afterPage(state, page, planned)
  })
  return { ...next, settingMs: toMs }
}

function afterPage(state: SyncState, { nextMarker: marker }: CloudPage, planned: PlannedPage): StateChange {
  const { full } = state.progress
  const counts = { pages: 1, ...planned.counts }
  if (full === null) return { progress: { marker }, run: { markerTo: marker }, counts }
  const divergence = added(full.divergence, planned.divergence)
  return { progress: { marker, full: { ...full, divergence } }, run: { markerTo: marker, divergence }, counts }
}

function added(one: Divergence, other: Divergence): Divergence {
  return {
    missing: one.missing + other.missing,
    deletedHere: one.deletedHere + other.deletedHere,
    different: one.different + other.different,
    gone: one.gone + other.gone,
  }
}
