import { MS_PER_SECOND, markerTimeMs, type UnixMs } from '@driftlock/domain'
import type { AdministrationContext } from '../administration/administration-context.ts'
import { authoriseAct } from '../administration/authorise-act.ts'
import { CloudError } from '../ports/cloud-service.ts'
import type {
  CloudIdentity,
  RecordCounts,
  RecordFilter,
  ShownRecord,
  SyncProgress,
  SyncRun,
} from '../ports/high-availability-store.ts'
import type { Page, PageRequest } from '../ports/page.ts'
import { settingInForce } from '../settings/setting-in-force.ts'
import { type HaPorts, openSession } from './ha-ports.ts'
import { HA_ENABLED, MARKER_TIME_KEY } from './ha-names.ts'

const VIEW = { permission: 'view-high-availability', securityDomainId: null } as const

export interface HaStatus {
  readonly enabled: boolean
  readonly order: 'cloud-first' | 'local-first'
  /** null = not connected. */
  readonly connection: ConnectionStatus | null
  readonly counts: RecordCounts
}

export interface ConnectionStatus extends Omit<CloudIdentity, 'cloudKeys'> {
  readonly disconnecting: boolean
  readonly marker: string
  /** What the setting says; other than the marker's time when somebody set it. */
  readonly markerTimeMs: number
  readonly fullUnderWay: boolean
  readonly failuresInARow: number
  readonly nextRunAt: UnixMs
  readonly lastGoodAt: UnixMs | null
  /** The last good run is longer ago than the setting allows. */
  readonly alarm: boolean
  readonly lastRun: SyncRun | null
}

/** How high availability stands, from the store alone. @throws ApplicationError `NOT_AUTHORISED`. */
export async function haStatus(ports: HaPorts, context: AdministrationContext): Promise<HaStatus> {
  const { read } = ports.administration
  await authoriseAct(read, context, VIEW)
  const connection = await read.highAvailability.connection()
  return {
    enabled: await settingInForce(read, HA_ENABLED),
    order: await settingInForce(read, 'auth_manager.cas.authentication.ha.order'),
    counts: await read.highAvailability.counts(),
    connection:
      connection === undefined
        ? null
        : {
            ...withoutKeys(connection.identity),
            disconnecting: connection.status === 'disconnecting',
            ...(await progressStatus(ports, connection.identity, connection.progress)),
          },
  }
}

function withoutKeys({ cloudKeys: _keys, ...rest }: CloudIdentity): Omit<CloudIdentity, 'cloudKeys'> {
  return rest
}

async function progressStatus(ports: HaPorts, identity: CloudIdentity, progress: SyncProgress) {
  const { read } = ports.administration
  const { marker, full, failuresInARow, nextRunAt, lastGoodAt, runId } = progress
  const settingMs = await settingInForce(read, MARKER_TIME_KEY)
  const run = runId === null ? undefined : await read.highAvailability.run(runId)
  return {
    marker,
    markerTimeMs: settingMs,
    fullUnderWay: full !== null || (settingMs === 0 && markerTimeMs(marker) !== 0),
    failuresInARow,
    nextRunAt,
    lastGoodAt,
    alarm: await isOverdue(ports, { lastGoodAt, connectedAt: identity.connectedAt }),
    lastRun: run ?? null,
  }
}

/** Whether the last good run is too long ago; before the first one, the connection counts. */
async function isOverdue(
  { administration: { read }, clock }: HaPorts,
  { lastGoodAt, connectedAt }: { readonly lastGoodAt: UnixMs | null; readonly connectedAt: UnixMs },
): Promise<boolean> {
  if (!(await settingInForce(read, HA_ENABLED))) return false
  const afterSeconds = await settingInForce(read, 'auth_manager.cas.authentication.ha.alarm_after_seconds')
  return clock.now() - (lastGoodAt ?? connectedAt) > afterSeconds * MS_PER_SECOND
}

/** For health, metrics and the doctor: nothing that needs a right to be seen. */
export interface HaAlarm {
  readonly connected: boolean
  readonly overdue: boolean
  readonly lastGoodAt: UnixMs | null
  readonly failuresInARow: number
}

export async function haAlarm(ports: HaPorts): Promise<HaAlarm> {
  const connection = await ports.administration.read.highAvailability.connection()
  if (connection === undefined) return { connected: false, overdue: false, lastGoodAt: null, failuresInARow: 0 }
  const { lastGoodAt, failuresInARow } = connection.progress
  const overdue = await isOverdue(ports, { lastGoodAt, connectedAt: connection.identity.connectedAt })
  return { connected: true, overdue, lastGoodAt, failuresInARow }
}

export interface CloudReach {
  readonly reachable: boolean
  /** Why not; null = reachable. */
  readonly errorCode: string | null
  readonly errorText: string | null
  readonly durationMs: number
  /** How far the cloud's clock is ahead of this one, as its answers said. */
  readonly skewSeconds: number
  /** Active records there; null = not reachable. */
  readonly recordCount: number | null
}

/** Asks the cloud how it stands, now. @throws ApplicationError `NOT_AUTHORISED`. */
export async function probeCloud(ports: HaPorts, context: AdministrationContext): Promise<CloudReach | null> {
  const { read } = ports.administration
  await authoriseAct(read, context, VIEW)
  const connection = await read.highAvailability.connection()
  if (connection?.status !== 'connected') return null
  const startedMs = ports.clock.monotonicMs()
  const tookMs = () => Math.round(ports.clock.monotonicMs() - startedMs)
  const session = await openSession(ports, connection)
  try {
    const { recordCount } = await session.status()
    const { skewSeconds } = session.learned()
    return { reachable: true, errorCode: null, errorText: null, durationMs: tookMs(), skewSeconds, recordCount }
  } catch (error) {
    if (!(error instanceof CloudError)) throw error
    const { skewSeconds } = session.learned()
    const { code: errorCode, message: errorText } = error
    return { reachable: false, errorCode, errorText, durationMs: tookMs(), skewSeconds, recordCount: null }
  }
}

/** Records, in the order of their id. @throws ApplicationError `NOT_AUTHORISED`. */
export async function listRecords(
  { administration: { read } }: HaPorts,
  context: AdministrationContext,
  { filter, ...page }: PageRequest & { readonly filter: RecordFilter },
): Promise<Page<ShownRecord>> {
  await authoriseAct(read, context, VIEW)
  return read.highAvailability.records(filter, page)
}

/** The history, newest first. @throws ApplicationError `NOT_AUTHORISED`. */
export async function listSyncRuns(
  { administration: { read } }: HaPorts,
  context: AdministrationContext,
  page: PageRequest,
): Promise<Page<SyncRun>> {
  await authoriseAct(read, context, VIEW)
  return read.highAvailability.runs(page)
}
