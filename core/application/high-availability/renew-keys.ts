import { MS_PER_DAY } from '@driftlock/domain'
import type { AdministrationTransaction } from '../ports/administration-store.ts'
import type { CloudCalls, CloudStanding } from '../ports/cloud-service.ts'
import type { HaConnection } from '../ports/high-availability-store.ts'
import { settingInForce } from '../settings/setting-in-force.ts'
import { connectionKeysContext, type HaPorts, openSession } from './ha-ports.ts'
import { auditRun } from './sync-state.ts'

export interface OpenConnection {
  readonly connection: HaConnection
  readonly session: CloudCalls
}

/** Changes the keys of the connection when they are as old as the setting allows. */
export async function renewKeysWhenDue(
  ports: HaPorts,
  connection: HaConnection,
  session: CloudCalls,
): Promise<OpenConnection> {
  const { read } = ports.administration
  const days = await settingInForce(read, 'auth_manager.cas.authentication.ha.key_rotation_days')
  const isDue = days > 0 && ports.clock.now() - connection.identity.keysChangedAt >= days * MS_PER_DAY
  return isDue ? renewKeys(ports, connection, session) : { connection, session }
}

/**
 * Changes the signing key and the sealing key. The new ones are kept here before the cloud is told of them, beside the old:
 * wherever this is interrupted, one of the two pairs is the one the cloud knows, and the next call finds out which.
 */
export async function renewKeys(
  ports: HaPorts,
  connection: HaConnection,
  session: CloudCalls,
): Promise<OpenConnection> {
  const rotation = await session.rotateKeys()
  const kept = await saveKeys(ports, connection, { keys: rotation.pending, done: false })
  const renewed = await saveKeys(ports, kept, { keys: await rotation.carryOut(), done: true })
  return { connection: renewed, session: await openSession(ports, renewed) }
}

async function saveKeys(
  ports: HaPorts,
  connection: HaConnection,
  { keys, done }: { readonly keys: Uint8Array; readonly done: boolean },
): Promise<HaConnection> {
  const now = ports.clock.now()
  const identity = done ? { ...connection.identity, keysChangedAt: now } : connection.identity
  const sealed = ports.keys.seal('private-key', connectionKeysContext(identity.managerId), keys)
  keys.fill(0)
  await ports.administration.transaction(async (tx) => {
    await tx.highAvailability.saveIdentity({ identity, keys: sealed, version: connection.version })
    if (done)
      auditRun(ports, tx, {
        action: 'rotate-cloud-keys',
        outcome: 'success',
        reason: 'done',
        after: { managerId: identity.managerId },
      })
  })
  return { ...connection, identity, keys: sealed, version: connection.version + 1 }
}

/** Keeps what the last believed answers said of the cloud: its name, whether it offers high availability, its keys. */
export async function takeUpStanding(
  tx: AdministrationTransaction,
  { identity: before, keys, version }: HaConnection,
  standing: Partial<CloudStanding>,
): Promise<void> {
  const { companyName = before.companyName, haEnabled = before.haEnabled, cloudKeys = before.cloudKeys } = standing
  const identity = { ...before, companyName, haEnabled, cloudKeys }
  if (JSON.stringify(identity) === JSON.stringify(before)) return
  await tx.highAvailability.saveIdentity({ identity, keys, version })
}
