import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { findToken, ownerOf } from '../administration/find-object.ts'
import { administer } from '../administration/unit-of-work.ts'
import { writeToken } from '../administration/write-token.ts'
import { ApplicationError } from '../errors/application-error.ts'
import type { ManagedToken } from '../ports/token-store.ts'

/** Voids the emergency tokencodes of a token at once; the token itself works again. @throws ApplicationError `NO_EMERGENCY_ACCESS`. */
export async function endEmergencyAccess(
  ports: AdministrationPorts,
  context: AdministrationContext,
  request: { readonly token: string },
): Promise<ManagedToken> {
  return administer(ports, { context, action: 'end-emergency-access' }, async (unit) => {
    const token = await findToken(unit.tx, request.token)
    const { securityDomainId, record, state } = token
    await unit.authorise({ permission: 'end-emergency-access', securityDomainId, onUserId: record.userId })
    if (state.emergency === null) throw new ApplicationError('NO_EMERGENCY_ACCESS', { serial: record.serial })
    const user = await ownerOf(unit.tx, token)
    return writeToken(unit, token, { action: 'end-emergency-access', user, changes: { state: { emergency: null } } })
  })
}
