import { ApplicationError } from '../errors/application-error.ts'
import { cloudEntry } from './cloud-entry.ts'
import { type CloudContext, type CloudPorts, requireOwn } from './cloud-ports.ts'
import { endApp } from './end-app.ts'

/** Ends an app for good; its user registers a new one. @throws ApplicationError `NOT_FOUND`, also when it had ended. */
export async function revokeApp(ports: CloudPorts, context: CloudContext, serial: string): Promise<void> {
  const sought = { type: 'app', id: serial } as const
  const seen = requireOwn(context, await ports.cloud.read.deviceBySerial(serial), sought)
  await ports.cloud.transaction(async (tx) => {
    const changeTime = await tx.changeTime(seen.companyId)
    const app = requireOwn(context, await tx.deviceBySerial(serial), sought)
    if (app.status !== 'active') throw new ApplicationError('NOT_FOUND', sought)
    await tx.updateDevice(endApp(app, { reason: 'revoked', changeTime, now: ports.clock.now() }))
    const { companyId, userId, attribute: username } = app
    tx.audit(cloudEntry(ports, context, { action: 'revoke-app', companyId, userId, username, tokenSerial: serial }))
  })
}
