import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { findToken, requireOwner } from '../administration/find-object.ts'
import { administer } from '../administration/unit-of-work.ts'
import { writeToken } from '../administration/write-token.ts'
import type { ManagedToken } from '../ports/token-store.ts'
import { requirePinToken } from './require-pin-token.ts'

/**
 * Demands a new PIN at the next log-on, which still needs the old one ("Require PIN change on next logon").
 * @throws ApplicationError `TOKEN_WITHOUT_PIN`, `TOKEN_NOT_ASSIGNED`, `NOT_FOUND`.
 */
export async function forceNewPin(
  ports: AdministrationPorts,
  context: AdministrationContext,
  request: { readonly token: string },
): Promise<ManagedToken> {
  return administer(ports, { context, action: 'force-new-pin' }, async (unit) => {
    const token = await findToken(unit.tx, request.token)
    const { securityDomainId, record } = token
    await unit.authorise({ permission: 'force-new-pin', securityDomainId, onUserId: record.userId })
    const user = await requireOwner(unit.tx, token)
    requirePinToken(token)
    return writeToken(unit, token, { action: 'force-new-pin', user, changes: { state: { newPinRequired: true } } })
  })
}
