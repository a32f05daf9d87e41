import type {
  CloudIdentity,
  HaConnection,
  RecordWrite,
  ShownRecord,
  SyncProgress,
  SyncRun,
} from '@driftlock/application'
import { type HeldRecord, matchingKey } from '@driftlock/domain'
import type { HaRecordColumns, HaRunColumns, Tables } from '../schema/tables.ts'
import { bytes, instant, instantOrNull, stepOf } from './values.ts'

export const HELD_COLUMNS = [
  'record_id',
  'serial',
  'company_id',
  'user_attribute',
  'identity_source',
  'algorithm',
  'digits',
  'interval_seconds',
  'state',
  'seed_version',
  'change_time_ms',
  'clock_offset_ms',
  'user_id',
  'token_id',
  'reason',
  'has_token',
  'updated_at',
] as const

export type HeldRow = Pick<HaRecordColumns, (typeof HELD_COLUMNS)[number] | 'shared_step'> & {
  readonly has_waiting_seed: number
}

export function heldOf(row: HeldRow): HeldRecord {
  return {
    recordId: row.record_id,
    serial: row.serial,
    companyId: row.company_id,
    userAttribute: row.user_attribute,
    identitySource: row.identity_source,
    algorithm: row.algorithm as HeldRecord['algorithm'], // written by recordColumnsOf
    digits: row.digits,
    intervalSeconds: row.interval_seconds,
    state: row.state as HeldRecord['state'], // written by recordColumnsOf
    seedVersion: row.seed_version,
    changeTimeMs: row.change_time_ms,
    clockOffsetMs: row.clock_offset_ms,
    userId: row.user_id,
    tokenId: row.token_id,
    reason: row.reason as HeldRecord['reason'], // written with the place of the record
    hasToken: row.has_token === 1,
    hasSeed: row.has_token === 1 || row.has_waiting_seed === 1,
    sharedStep: stepOf(row.shared_step),
  }
}

export function shownRecordOf(row: HeldRow & { readonly username: string | null }): ShownRecord {
  return { ...heldOf(row), username: row.username, updatedAt: instant(row.updated_at) }
}

/** What the cloud says of a record. */
export function recordColumnsOf({ record, companyId }: Pick<RecordWrite, 'record' | 'companyId'>) {
  return {
    serial: record.serial,
    company_id: companyId,
    user_attribute: record.userAttribute,
    attribute_key: matchingKey(record.userAttribute),
    identity_source: record.identitySource,
    algorithm: record.algorithm,
    digits: record.digits,
    interval_seconds: record.intervalSeconds,
    state: record.state,
    seed_version: record.seedVersion,
    change_time_ms: record.changeTimeMs,
    clock_offset_ms: record.clockOffsetMs,
  } satisfies Partial<HaRecordColumns>
}

export function connectionOf(row: Tables['ha_connections']): HaConnection {
  return {
    status: row.status as HaConnection['status'], // written by the repository
    identity: JSON.parse(row.identity) as CloudIdentity, // our own text
    keys: bytes(row.keys),
    progress: JSON.parse(row.progress) as SyncProgress, // our own text
    version: row.version,
    progressVersion: row.progress_version,
  }
}

export function runOf(row: HaRunColumns): SyncRun {
  return {
    id: row.id,
    kind: row.kind as SyncRun['kind'], // written by runColumns
    trigger: row.trigger_name as SyncRun['trigger'], // written by runColumns
    instance: row.instance,
    startedAt: instant(row.started_at),
    finishedAt: instantOrNull(row.finished_at),
    outcome: row.outcome as SyncRun['outcome'], // written by runColumns
    errorCode: row.error_code,
    errorText: row.error_text,
    markerFrom: row.marker_from,
    markerTo: row.marker_to,
    counts: JSON.parse(row.counts) as SyncRun['counts'], // our own text
    divergence: row.divergence === null ? null : (JSON.parse(row.divergence) as SyncRun['divergence']), // our own text
  }
}

export function runColumns(run: SyncRun) {
  return {
    kind: run.kind,
    trigger_name: run.trigger,
    instance: run.instance,
    started_at: run.startedAt,
    finished_at: run.finishedAt,
    outcome: run.outcome,
    error_code: run.errorCode,
    error_text: run.errorText,
    marker_from: run.markerFrom,
    marker_to: run.markerTo,
    counts: JSON.stringify(run.counts),
    divergence: run.divergence === null ? null : JSON.stringify(run.divergence),
  } satisfies Partial<HaRunColumns>
}
