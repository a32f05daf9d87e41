import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { findToken, ownerOf } from '../administration/find-object.ts'
import { administer } from '../administration/unit-of-work.ts'
import { writeToken } from '../administration/write-token.ts'
import type { ManagedToken } from '../ports/token-store.ts'

/** Ends a token now: it stays assigned and listed, and neither it nor its emergency codes log in again. @throws ApplicationError `NOT_FOUND`. */
export async function expireToken(
  ports: AdministrationPorts,
  context: AdministrationContext,
  request: { readonly token: string },
): Promise<ManagedToken> {
  return administer(ports, { context, action: 'update-token' }, async (unit) => {
    const token = await findToken(unit.tx, request.token)
    const { securityDomainId, record } = token
    await unit.authorise({ permission: 'update-token', securityDomainId, onUserId: record.userId })
    const user = await ownerOf(unit.tx, token)
    return writeToken(unit, token, { action: 'update-token', user, changes: { record: { expiresAt: unit.now } } })
  })
}
