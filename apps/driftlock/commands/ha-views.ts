import type { CloudReach, HaStatus, RecordResync, ShownRecord, SyncRun } from '@driftlock/application'
import { fromNowText, isoText } from '../terminal/instants.ts'
import type { Row } from '../terminal/table.ts'
import { objectView, type View } from '../terminal/view.ts'

export function recordJson(record: ShownRecord) {
  return { ...record, sharedStep: record.sharedStep.toString(), updatedAt: isoText(record.updatedAt) }
}

export function recordRow(record: ShownRecord): Row {
  return {
    serial: record.serial,
    attribute: record.userAttribute,
    source: record.identitySource,
    user: record.username,
    condition: conditionOf(record),
    changed: isoText(record.changeTimeMs),
  }
}

function conditionOf({ state, reason, hasToken }: ShownRecord): string {
  if (state === 'revoked') return 'revoked'
  return hasToken ? 'matched' : (reason ?? 'deleted here')
}

export function runJson(run: SyncRun) {
  return { ...run, startedAt: isoText(run.startedAt), finishedAt: isoText(run.finishedAt) }
}

export function runRow(run: SyncRun, now: number): Row {
  const { counts } = run
  return {
    started: fromNowText(run.startedAt, now),
    kind: run.kind,
    outcome: run.outcome,
    fetched: counts.fetched,
    added: counts.added,
    updated: counts.updated,
    revoked: counts.revoked,
    unmatched: counts.unmatched,
    failed: counts.failed,
    removed: counts.removed,
    error: run.errorCode,
    instance: run.instance,
  }
}

/** A run that ended in this process: its failure is the command's. */
export function runView(run: SyncRun): View {
  const view = objectView(runJson(run), {
    Outcome: run.outcome,
    Kind: run.kind,
    ...countRows(run),
    ...divergenceRows(run.divergence),
    Marker: run.markerTo,
    Error: run.errorText,
  })
  return { ...view, exit: run.outcome === 'succeeded' ? 'ok' : 'refused' }
}

function countRows({ counts }: SyncRun): Row {
  return {
    Fetched: counts.fetched,
    Added: counts.added,
    Updated: counts.updated,
    Revoked: counts.revoked,
    Unmatched: counts.unmatched,
    Failed: counts.failed,
    Removed: counts.removed,
    'Matched again': counts.rematched,
    'Steps told to the cloud': counts.stepsReported,
  }
}

function divergenceRows(divergence: SyncRun['divergence']): Row {
  if (divergence === null) return {}
  const { missing, deletedHere, different, gone } = divergence
  return {
    'Were missing here': missing,
    'Were deleted here': deletedHere,
    'Were different here': different,
    'Were gone at the cloud': gone,
  }
}

export function resyncView(result: RecordResync, title: string): View {
  const { counts, removed, divergence } = result
  const view = objectView(result, {
    Fetched: counts.fetched,
    Added: counts.added,
    Updated: counts.updated,
    Revoked: counts.revoked,
    Unmatched: counts.unmatched,
    Failed: counts.failed,
    Removed: removed,
    ...divergenceRows(divergence),
  })
  return { ...view, text: (width) => `${title}\n${view.text(width)}` }
}

export function statusView(status: HaStatus, reach: CloudReach | null, now: number): View {
  const { connection, counts, enabled, order } = status
  const unmatched = Object.entries(counts.unmatched)
  const common = {
    'Switched on': enabled,
    'Who checks codes': order,
    Matched: counts.matched,
    Unmatched: unmatched.map(([reason, count]) => `${count} ${reason}`).join(', ') || 0,
    Revoked: counts.revoked,
    'Deleted here': counts.deletedHere,
  }
  const json = { ...status, connection: connection && connectionJson(connection), reach }
  if (connection === null)
    return objectView(json, { Connected: 'no', ...common }, ['Connect with: driftlock ha connect CODE URL'])
  const view = objectView(json, {
    'Connected to': `${connection.companyName} (${connection.companyId}) at ${connection.baseUrl}`,
    'As manager': connection.managerId,
    State: connection.disconnecting
      ? 'being disconnected'
      : connection.haEnabled
        ? 'connected'
        : 'switched off at the cloud',
    Reachable: reachText(reach),
    'Clock of the cloud': reach === null || reach.skewSeconds === 0 ? '' : `${reach.skewSeconds} s ahead of this one`,
    ...common,
    Marker: connection.marker,
    'Full run': connection.fullUnderWay ? 'under way, or next' : 'no',
    'Last run': lastRunText(connection.lastRun, now),
    'Last good run': fromNowText(connection.lastGoodAt, now) || 'never',
    'Failures in a row': connection.failuresInARow,
    'Next run': connection.nextRunAt <= now ? 'due' : fromNowText(connection.nextRunAt, now),
    Alarm: connection.alarm,
  })
  return { ...view, exit: connection.alarm ? 'refused' : 'ok' }
}

type Connection = NonNullable<HaStatus['connection']>

function connectionJson(connection: Connection) {
  return {
    ...connection,
    connectedAt: isoText(connection.connectedAt),
    keysChangedAt: isoText(connection.keysChangedAt),
    nextRunAt: isoText(connection.nextRunAt),
    lastGoodAt: isoText(connection.lastGoodAt),
    lastRun: connection.lastRun && runJson(connection.lastRun),
  }
}

function reachText(reach: CloudReach | null): string {
  if (reach === null) return 'not asked'
  return reach.reachable
    ? `yes, in ${reach.durationMs} ms; ${reach.recordCount} active records there`
    : `no: ${reach.errorText}`
}

function lastRunText(run: SyncRun | null, now: number): string {
  if (run === null) return 'none yet'
  const error = run.errorText === null ? '' : `: ${run.errorText}`
  return `${run.kind}, ${run.outcome} ${fromNowText(run.finishedAt ?? run.startedAt, now)}${error}`
}
