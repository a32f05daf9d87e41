import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { findToken, ownerOf } from '../administration/find-object.ts'
import { administer } from '../administration/unit-of-work.ts'
import { writeToken } from '../administration/write-token.ts'
import { ApplicationError } from '../errors/application-error.ts'
import type { ManagedToken } from '../ports/token-store.ts'

/** Voids the new copy of a token before its first use; the old one goes on. @throws ApplicationError `NO_PENDING_DISTRIBUTION`. */
export async function undoRedistribution(
  ports: AdministrationPorts,
  context: AdministrationContext,
  request: { readonly token: string },
): Promise<ManagedToken> {
  return administer(ports, { context, action: 'undo-redistribution' }, async (unit) => {
    const token = await findToken(unit.tx, request.token)
    const { securityDomainId, record, state } = token
    await unit.authorise({ permission: 'redistribute-token', securityDomainId, onUserId: record.userId })
    if (!state.pendingSeed) throw new ApplicationError('NO_PENDING_DISTRIBUTION', { serial: record.serial })
    const user = await ownerOf(unit.tx, token)
    const seeds = { type: 'drop-pending', at: unit.now } as const
    return writeToken(unit, token, { action: 'undo-redistribution', user, changes: { seeds } })
  })
}
