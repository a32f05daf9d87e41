import type { AdministrationContext } from '../administration/administration-context.ts'
import { administer } from '../administration/unit-of-work.ts'
import { ApplicationError } from '../errors/application-error.ts'
import { facts } from './connect-cloud.ts'
import type { HaPorts } from './ha-ports.ts'
import { auditRemoval } from './sync-state.ts'
import { HA_ENABLED } from './ha-names.ts'

const AT_ONCE = 500

/**
 * Ends the connection: its keys go, and every record with its token. Nobody would tell this deployment any more which apps
 * were revoked. Interrupted, it is gone on with by the next scheduled run.
 * @returns how many records were removed. @throws ApplicationError `CLOUD_NOT_CONNECTED`, `NOT_AUTHORISED`.
 */
export async function disconnectCloud(
  ports: HaPorts,
  context: AdministrationContext,
): Promise<{ readonly removed: number }> {
  await administer(ports, { context, action: 'disconnect-cloud' }, async (unit) => {
    await unit.authorise({ permission: 'manage-high-availability', securityDomainId: null })
    const connection = await unit.tx.highAvailability.connection()
    if (connection === undefined) throw new ApplicationError('CLOUD_NOT_CONNECTED', { setting: HA_ENABLED })
    await unit.tx.highAvailability.markDisconnecting()
    unit.audit({ action: 'disconnect-cloud', before: facts(connection.identity) })
  })
  return { removed: await removeEverything(ports) }
}

/** The removal itself, piece by piece, and then the connection. */
export async function removeEverything(ports: HaPorts): Promise<number> {
  const { administration } = ports
  let removed = 0
  for (;;) {
    const ids = await administration.read.highAvailability.notMet(Number.MAX_SAFE_INTEGER, '', AT_ONCE)
    await administration.transaction(async (tx) => {
      const serials = await tx.highAvailability.removeRecords(ids)
      auditRemoval(ports, tx, { serials, reason: 'disconnected' })
      if (ids.length === 0) await tx.highAvailability.endConnection()
    })
    if (ids.length === 0) return removed
    removed += ids.length
  }
}
