import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { findToken, ownerOf } from '../administration/find-object.ts'
import { administer } from '../administration/unit-of-work.ts'
import { writeToken } from '../administration/write-token.ts'
import type { ManagedToken } from '../ports/token-store.ts'

/** Stops a token and its emergency codes; it stays assigned, with its PIN. @throws ApplicationError `NOT_FOUND`. */
export async function disableToken(
  ports: AdministrationPorts,
  context: AdministrationContext,
  request: { readonly token: string },
): Promise<ManagedToken> {
  return administer(ports, { context, action: 'disable-token' }, async (unit) => {
    const token = await findToken(unit.tx, request.token)
    const { securityDomainId, record } = token
    await unit.authorise({ permission: 'enable-token', securityDomainId, onUserId: record.userId })
    const user = await ownerOf(unit.tx, token)
    return writeToken(unit, token, { action: 'disable-token', user, changes: { record: { enabled: false } } })
  })
}
