import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { findToken, ownerOf } from '../administration/find-object.ts'
import { tokenFacts } from '../administration/token-facts.ts'
import { administer, type Unit } from '../administration/unit-of-work.ts'
import type { ManagedToken } from '../ports/token-store.ts'
import type { ManagedUser } from '../ports/user-store.ts'

/** Deletes a token with its seeds, also one that is assigned. @throws ApplicationError `NOT_FOUND`. */
export async function deleteToken(
  ports: AdministrationPorts,
  context: AdministrationContext,
  request: { readonly token: string },
): Promise<void> {
  return administer(ports, { context, action: 'delete-token' }, async (unit) => {
    const token = await findToken(unit.tx, request.token)
    const { securityDomainId, record } = token
    await unit.authorise({ permission: 'delete-token', securityDomainId, onUserId: record.userId })
    await removeToken(unit, token, await ownerOf(unit.tx, token))
  })
}

/** The deletion itself, for use cases that were authorised to do more. */
export async function removeToken({ tx, audit }: Unit, token: ManagedToken, user?: ManagedUser): Promise<void> {
  await tx.tokens.remove(token.record.id)
  audit({ action: 'delete-token', user, token, before: tokenFacts(token) })
}
