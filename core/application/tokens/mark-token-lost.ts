import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { findToken, ownerOf } from '../administration/find-object.ts'
import { administer } from '../administration/unit-of-work.ts'
import { writeToken } from '../administration/write-token.ts'
import type { ManagedToken } from '../ports/token-store.ts'

/** Reports a token lost (its codes are denied until it is found; its emergency codes are not) or found. */
export async function markTokenLost(
  ports: AdministrationPorts,
  context: AdministrationContext,
  request: { readonly token: string; readonly lost: boolean },
): Promise<ManagedToken> {
  return administer(ports, { context, action: 'mark-token-lost' }, async (unit) => {
    const token = await findToken(unit.tx, request.token)
    const { securityDomainId, record } = token
    await unit.authorise({ permission: 'mark-token-lost', securityDomainId, onUserId: record.userId })
    const user = await ownerOf(unit.tx, token)
    return writeToken(unit, token, { action: 'mark-token-lost', user, changes: { state: { lost: request.lost } } })
  })
}
