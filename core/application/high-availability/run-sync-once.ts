import {
  backOffMs,
  beginsBehindCloud,
  addMs,
  MS_PER_SECOND,
  NO_DIVERGENCE,
  nextIntervalMs,
  START_MARKER,
  syncStart,
  type SyncStart,
} from '@driftlock/domain'
import { ApplicationError } from '../errors/application-error.ts'
import { CloudError, type CloudCalls } from '../ports/cloud-service.ts'
import type { SyncProgress, SyncRun } from '../ports/high-availability-store.ts'
import { StoreError } from '../ports/store-error.ts'
import { settingInForce } from '../settings/setting-in-force.ts'
import { uniqueId } from '../unique-id.ts'
import { fetchRecords, foreignCompany, MarkerMovedError } from './fetch-records.ts'
import { type HaPorts, openSession, requireConnection } from './ha-ports.ts'
import { askAgain, matchAgain } from './match-again.ts'
import { type MatchingRule, matchingRule, ruleText } from './matching-rule.ts'
import { renewKeysWhenDue, takeUpStanding } from './renew-keys.ts'
import { reportSteps } from './report-steps.ts'
import { sweepRecords } from './sweep-records.ts'
import { auditRun, commitStep, NO_COUNTS, type SyncState } from './sync-state.ts'
import { HA_ENABLED, MARKER_TIME_KEY } from './ha-names.ts'

const INTERVAL = 'auth_manager.cas.authentication.ha.seed_sync.interval_seconds'

export interface SyncRequest {
  readonly trigger: SyncRun['trigger']
  /** Called before each write: prolongs the lease. @throws when it was lost. */
  readonly prolong?: () => Promise<void>
}

/** Somebody who keeps setting the marker while pages come does not keep a run from its end for ever. */
const MAX_RESTARTS = 3
const RUNS_KEPT = 500

/**
 * One whole run: matches anew what changed here, tells the cloud which steps were used, fetches what changed there, and
 * after a full run removes what is gone. Every step is one transaction together with its marker, so that a run that is
 * killed anywhere is gone on with by the next, and the same page twice changes nothing. A failure is the run's outcome, and
 * the wait before the next try grows with each in a row.
 * @throws ApplicationError `CLOUD_NOT_CONNECTED`, `HA_SWITCHED_OFF`; StoreError when the store does not answer, or
 * `STALE_VERSION` when another run went on meanwhile.
 */
export async function runSyncOnce(ports: HaPorts, request: SyncRequest): Promise<SyncRun> {
  const { read } = ports.administration
  if (!(await settingInForce(read, HA_ENABLED))) throw new ApplicationError('HA_SWITCHED_OFF', { setting: HA_ENABLED })
  for (let restarts = 0; ; restarts++) {
    const begun = await beginRun(ports, request)
    try {
      const worked = await work(ports, begun, request)
      return await succeed(ports, worked)
    } catch (error) {
      if (error instanceof MarkerMovedError && restarts < MAX_RESTARTS) continue
      return await fail(ports, begun.run.id, error)
    }
  }
}

interface Begun extends SyncState {
  readonly start: SyncStart
  readonly rule: MatchingRule
}

async function beginRun(ports: HaPorts, { trigger }: SyncRequest): Promise<Begun> {
  const connection = await requireConnection(ports)
  const { read } = ports.administration
  const rule = await matchingRule(read)
  const storedMs = await settingInForce(read, MARKER_TIME_KEY)
  const { progress } = connection
  // Another rule of matching concerns every record: they are all looked at again.
  const isNewRule = progress.matchingRule !== '' && progress.matchingRule !== ruleText(rule)
  const settingMs = isNewRule ? 0 : storedMs
  const start = syncStart({ settingMs, marker: progress.marker, fullUnderWay: progress.full !== null })
  const previous = progress.runId === null ? undefined : await read.highAvailability.run(progress.runId)
  const next = progressAtStart(progress, { start, rule })
  const run = newRun(ports, { trigger, start, progress: next })
  const state = { connection, progress, progressVersion: connection.progressVersion, settingMs, run }
  const begun = await commitStep(ports, state, async (tx) => {
    if (isNewRule && !(await tx.highAvailability.advanceMarkerSetting(storedMs, 0, run.startedAt)))
      throw new MarkerMovedError()
    if (previous?.outcome === 'running')
      await tx.highAvailability.saveRun({ ...previous, outcome: 'interrupted', finishedAt: run.startedAt })
    return { progress: { ...next, runId: run.id, lastRunAt: run.startedAt } }
  })
  return { ...begun, start, rule }
}

function progressAtStart(
  progress: SyncProgress,
  { start, rule }: { readonly start: SyncStart; readonly rule: MatchingRule },
): SyncProgress {
  const matching = { ...progress, matchingRule: ruleText(rule) }
  if (start.type === 'resumed-full') return matching
  // A marker set by hand gives up a full run: its end would remove what it never came to.
  if (start.type === 'incremental') return { ...matching, full: null }
  const { full, marker, generation } = progress
  const divergenceUpToMs = full?.divergenceUpToMs ?? Number(marker.split('.', 1)[0])
  return {
    ...matching,
    marker: START_MARKER,
    generation: generation + 1,
    full: { divergenceUpToMs, divergence: NO_DIVERGENCE },
  }
}

interface Beginning {
  readonly trigger: SyncRun['trigger']
  readonly start: SyncStart
  readonly progress: SyncProgress
}

function newRun(ports: HaPorts, { trigger, start, progress }: Beginning): SyncRun {
  const from = start.type === 'full' ? START_MARKER : start.after
  return {
    id: uniqueId(ports),
    kind: start.type === 'incremental' ? 'incremental' : 'full',
    trigger,
    instance: ports.instanceName,
    startedAt: ports.clock.now(),
    finishedAt: null,
    outcome: 'running',
    errorCode: null,
    errorText: null,
    markerFrom: from,
    markerTo: from,
    counts: NO_COUNTS,
    divergence: progress.full?.divergence ?? null,
  }
}

interface Worked {
  readonly state: SyncState
  readonly session: CloudCalls
}

async function work(ports: HaPorts, begun: Begun, { prolong = async () => undefined }: SyncRequest): Promise<Worked> {
  const { start, rule, ...first } = begun
  let state: SyncState = await matchAgain(ports, first, rule)
  const { connection, session } = await renewKeysWhenDue(
    ports,
    state.connection,
    await openSession(ports, state.connection),
  )
  state = { ...state, connection }
  const { latestMarker } = await requireStanding(session, state)
  if (beginsBehindCloud(start, latestMarker)) await beginAgain(ports, state, latestMarker)
  state = await reportSteps(ports, state, session)
  // Also when a full run was cut short at its end: what changed meanwhile comes with this one.
  const after = start.type === 'full' ? START_MARKER : start.after
  state = await fetchRecords(ports, state, { session, rule, after, prolong })
  if (state.progress.full !== null) state = await sweepRecords(ports, state, prolong)
  return { state: await askAgain(ports, state, { session, rule }), session }
}

/** @throws CloudError `CLOUD_HA_DISABLED`, `CLOUD_FOREIGN_COMPANY`. */
async function requireStanding(session: CloudCalls, { connection }: SyncState) {
  const { haEnabled, companyId, latestMarker } = await session.status()
  if (companyId !== connection.identity.companyId) throw foreignCompany(connection.identity.companyId, companyId)
  if (!haEnabled)
    throw new CloudError(
      'CLOUD_HA_DISABLED',
      'High availability is switched off for this company at the cloud. Have it switched on there.',
    )
  return { latestMarker }
}

/** Puts the marker to 0, as an administrator would, and says so in the audit log. @throws MarkerMovedError always. */
async function beginAgain(ports: HaPorts, state: SyncState, latestMarker: string): Promise<never> {
  await commitStep(ports, state, async (tx) => {
    if (!(await tx.highAvailability.advanceMarkerSetting(state.settingMs, 0, ports.clock.now())))
      throw new MarkerMovedError()
    const facts = { before: { marker: state.run.markerFrom }, after: { markerTime: '0', latestMarker } }
    auditRun(ports, tx, {
      action: 'resynchronise-records',
      outcome: 'warning',
      reason: 'marker-behind-cloud',
      ...facts,
    })
    return {}
  })
  throw new MarkerMovedError()
}

async function succeed(ports: HaPorts, { state, session }: Worked): Promise<SyncRun> {
  const now = ports.clock.now()
  const intervalSeconds = await settingInForce(ports.administration.read, INTERVAL)
  const waitMs = nextIntervalMs(intervalSeconds * MS_PER_SECOND, ports.random.bytes(4))
  const ended = await commitStep(ports, state, async (tx) => {
    await takeUpStanding(tx, state.connection, session.learned().standing)
    await tx.highAvailability.pruneRuns(RUNS_KEPT)
    const { counts, divergence, kind } = state.run
    const isNews = kind === 'full' || counts.added + counts.updated + counts.revoked + counts.rematched > 0
    const after = { kind, counts, divergence, markerTo: state.run.markerTo }
    if (isNews || state.progress.failuresInARow > 0)
      auditRun(ports, tx, { action: 'synchronise-records', outcome: 'success', reason: 'done', after })
    return {
      progress: { full: null, failuresInARow: 0, lastGoodAt: now, nextRunAt: addMs(now, waitMs) },
      run: { outcome: 'succeeded', finishedAt: now },
    }
  })
  return ended.run
}

/** Writes down that a run failed. What it made true until then stays. */
async function fail(ports: HaPorts, runId: string, error: unknown): Promise<SyncRun> {
  if (error instanceof StoreError) throw error
  const { highAvailability } = ports.administration.read
  const connection = await highAvailability.connection()
  const run = await highAvailability.run(runId)
  if (connection === undefined || run === undefined) throw error
  const now = ports.clock.now()
  const { errorCode, errorText } = described(error)
  const { progress, progressVersion } = connection
  const failures = progress.failuresInARow + 1
  const state = { connection, progress, progressVersion, settingMs: 0, run }
  const ended = await commitStep(ports, state, (tx) => {
    const after = { kind: run.kind, errorCode, errorText, failuresInARow: failures }
    // The first of a row is news; that the cloud is still away is not.
    if (failures === 1)
      auditRun(ports, tx, { action: 'synchronise-records', outcome: 'failure', reason: errorCode, after })
    return {
      progress: { failuresInARow: failures, nextRunAt: addMs(now, backOffMs(failures, ports.random.bytes(4))) },
      run: { outcome: 'failed', finishedAt: now, errorCode, errorText },
    }
  })
  if (!(error instanceof CloudError) && !(error instanceof MarkerMovedError)) throw error
  return ended.run
}

function described(error: unknown): { readonly errorCode: string; readonly errorText: string } {
  if (error instanceof CloudError) return { errorCode: error.code, errorText: error.message.slice(0, 500) }
  if (error instanceof MarkerMovedError) return { errorCode: 'MARKER_MOVED', errorText: error.message }
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'UNEXPECTED'
  return { errorCode: code, errorText: 'The run ended unexpectedly; the log of the instance says why.' }
}
