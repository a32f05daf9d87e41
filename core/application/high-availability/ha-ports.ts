import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { ApplicationError } from '../errors/application-error.ts'
import type { CloudService, CloudCalls } from '../ports/cloud-service.ts'
import type { HaConnection } from '../ports/high-availability-store.ts'
import type { SealContext } from '../ports/key-ring.ts'
import type { OperationsStore } from '../ports/operations-store.ts'
import { settingInForce } from '../settings/setting-in-force.ts'
import { HA_ENABLED } from './ha-names.ts'

/** What high availability needs of the world beside the administration. */
export interface HaPorts extends AdministrationPorts {
  readonly cloud: CloudService
  readonly operations: Pick<OperationsStore, 'leases'>
  /** Name of this instance (or `command`), for the history and for settings that differ by instance. */
  readonly instanceName: string
  /** What a run is done within: the process may get ready for a great deal of garbage. Absent = nothing. */
  readonly aroundRun?: <T>(run: () => Promise<T>) => Promise<T>
}

/** Where the private keys of a connection are bound to. */
export function connectionKeysContext(managerId: string): SealContext {
  return { table: 'ha_connections', column: 'keys', row: managerId }
}

/** @throws ApplicationError `CLOUD_NOT_CONNECTED`. */
export async function requireConnection({ administration: { read } }: HaPorts): Promise<HaConnection> {
  const connection = await read.highAvailability.connection()
  if (connection?.status !== 'connected') throw new ApplicationError('CLOUD_NOT_CONNECTED', { setting: HA_ENABLED })
  return connection
}

/** Calls to the cloud as this deployment. */
export async function openSession(ports: HaPorts, { identity, keys }: HaConnection): Promise<CloudCalls> {
  const { read } = ports.administration
  const timeoutMs = await settingInForce(read, 'ims.trust.via.read_timeout', ports.instanceName)
  const opened = ports.keys.open('private-key', connectionKeysContext(identity.managerId), keys)
  return ports.cloud.open({ identity, keys: opened, timeoutMs })
}
