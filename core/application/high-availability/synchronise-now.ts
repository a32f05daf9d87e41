import { addMs, MS_PER_SECOND, markerTimeMs, START_MARKER } from '@driftlock/domain'
import type { AdministrationContext } from '../administration/administration-context.ts'
import { authoriseAct } from '../administration/authorise-act.ts'
import { ApplicationError } from '../errors/application-error.ts'
import { StoreError } from '../ports/store-error.ts'
import type { HaConnection, SyncRun } from '../ports/high-availability-store.ts'
import { settingInForce } from '../settings/setting-in-force.ts'
import { uniqueId } from '../unique-id.ts'
import { removeEverything } from './disconnect-cloud.ts'
import { type HaPorts, requireConnection } from './ha-ports.ts'
import { runSyncOnce } from './run-sync-once.ts'
import { HA_ENABLED, MARKER_TIME_KEY, SYNC_LEASE } from './ha-names.ts'

/** A holder that writes nothing for so long is taken for dead. */
const LEASE_MS = 120 * MS_PER_SECOND

/**
 * One run, now, whoever else would be due. @throws ApplicationError `SYNC_UNDER_WAY` when an instance is at it,
 * `CLOUD_NOT_CONNECTED`, `HA_SWITCHED_OFF`, `NOT_AUTHORISED`.
 */
export async function synchroniseNow(
  ports: HaPorts,
  context: AdministrationContext,
  { trigger }: { readonly trigger: SyncRun['trigger'] },
): Promise<SyncRun> {
  await authoriseAct(ports.administration.read, context, {
    permission: 'manage-high-availability',
    securityDomainId: null,
  })
  await requireConnection(ports)
  const run = await underLease(ports, trigger)
  if (run === undefined) throw new ApplicationError('SYNC_UNDER_WAY', { lease: SYNC_LEASE })
  return run
}

/**
 * What every instance asks itself every few seconds: is a run due, and is it mine to do? Costs one row when it is not.
 * @param ends Whether the instance is about to end: a run stops before its next write then.
 * @returns the run; undefined = nothing was due, or another instance does it.
 */
export async function synchroniseWhenDue(
  ports: HaPorts,
  ends: () => boolean = () => false,
): Promise<SyncRun | undefined> {
  const connection = await ports.administration.read.highAvailability.connection()
  if (connection === undefined) return undefined
  if (connection.status === 'disconnecting') {
    await removeEverything(ports)
    return undefined
  }
  return (await isDue(ports, connection)) ? underLease(ports, 'schedule', ends) : undefined
}

async function isDue(ports: HaPorts, { progress }: HaConnection): Promise<boolean> {
  const { read } = ports.administration
  if (!(await settingInForce(read, HA_ENABLED))) return false
  if (ports.clock.now() >= progress.nextRunAt) return true
  if (progress.failuresInARow > 0) return false
  // Somebody set the marker (seed 001): that is not kept waiting for the interval.
  const settingMs = await settingInForce(read, MARKER_TIME_KEY)
  return progress.marker !== START_MARKER && settingMs !== markerTimeMs(progress.marker)
}

async function underLease(
  ports: HaPorts,
  trigger: SyncRun['trigger'],
  ends: () => boolean = () => false,
): Promise<SyncRun | undefined> {
  const { leases } = ports.operations
  const holder = `${ports.instanceName} ${uniqueId(ports)}`
  const acquire = () => {
    const now = ports.clock.now()
    return leases.acquire(SYNC_LEASE, { holder, now, until: addMs(now, LEASE_MS) })
  }
  if (!(await acquire())) return undefined
  const prolong = async (): Promise<void> => {
    if (ends() || !(await acquire()))
      throw new StoreError('STALE_VERSION', 'The right to synchronise goes to another instance. It goes on there.')
  }
  const { aroundRun = (run) => run() } = ports
  try {
    return await aroundRun(() => runSyncOnce(ports, { trigger, prolong }))
  } finally {
    await leases.release(SYNC_LEASE, holder)
  }
}
