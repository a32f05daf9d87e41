import { ApplicationError } from '../errors/application-error.ts'
import type { CloudRepository } from '../ports/cloud-store.ts'
import type { CloudAdministrator } from '../ports/cloud-subjects.ts'
import { cloudEntry } from './cloud-entry.ts'
import type { CloudContext, CloudPorts } from './cloud-ports.ts'

/**
 * Removes an administrator who left, with every session. Nobody removes oneself, and the last one of the whole service stays.
 * @throws ApplicationError `NOT_FOUND` (also for one of another company), `INVALID_INPUT`.
 */
export async function removeCloudAdministrator(ports: CloudPorts, context: CloudContext, id: string): Promise<void> {
  const { authority, actor } = context
  await ports.cloud.transaction(async (tx) => {
    const found = await tx.administrator(id)
    const isOwn = authority.type === 'service' || authority.companyId === found?.companyId
    if (found === undefined || !isOwn) throw new ApplicationError('NOT_FOUND', { type: 'administrator', id })
    if (actor.type === 'administrator' && actor.id === id)
      throw refusal('nobody removes oneself: another administrator does it.')
    if (found.companyId === null) await keepAnother(tx, found)
    await tx.deleteSessionsOf(id)
    await tx.deleteAdministrator(id)
    const { companyId, name: username } = found
    const act = { action: 'remove-administrator', userId: id, username } as const
    tx.audit(cloudEntry(ports, context, { ...act, ...(companyId !== null && { companyId }) }))
  })
}

async function keepAnother(tx: CloudRepository, leaving: CloudAdministrator): Promise<void> {
  const kept = (await tx.administrators(null)).find(({ id }) => id !== leaving.id)
  if (kept === undefined) throw refusal('the last one of the whole service stays. Make another one first.')
  // Holds the row to the end: two who remove each other at this moment do not both succeed.
  await tx.updateAdministrator(kept)
}

function refusal(fault: string): ApplicationError {
  return new ApplicationError('INVALID_INPUT', { field: 'administrator', faults: [fault] })
}
