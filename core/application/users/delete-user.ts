import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { findUser } from '../administration/find-object.ts'
import { administer } from '../administration/unit-of-work.ts'
import { requireOtherSuperAdministrator } from '../administrators/super-administrators.ts'
import { removeToken } from '../tokens/delete-token.ts'
import { takeFromUser } from '../tokens/unassign-token.ts'
import { userFacts } from './user-facts.ts'

export interface DeleteUserRequest {
  readonly user: string
  /** What becomes of the user's tokens. Deleting them needs the permission `delete-token` as well. */
  readonly tokens: 'unassign' | 'delete'
}

/**
 * Deletes a user; no token is left assigned to somebody unknown. Tokens of apps wait with their records for another user. An administrator loses roles and sessions with it.
 * @throws ApplicationError `LAST_SUPER_ADMINISTRATOR`, `NOT_FOUND`.
 */
export async function deleteUser(
  ports: AdministrationPorts,
  context: AdministrationContext,
  request: DeleteUserRequest,
): Promise<{ readonly serials: readonly string[] }> {
  return administer(ports, { context, action: 'delete-user' }, async (unit) => {
    const user = await findUser(unit.tx, request.user)
    const { id: onUserId, securityDomainId } = user.user
    await unit.authorise({ permission: 'delete-user', securityDomainId, onUserId })
    await requireOtherSuperAdministrator(unit.tx, onUserId)
    const apps = await unit.tx.highAvailability.detachUser(onUserId)
    const tokens = await unit.tx.tokens.ofUser(onUserId)
    const permission = request.tokens === 'delete' ? 'delete-token' : 'unassign-token'
    for (const token of tokens) {
      await unit.authorise({ permission, securityDomainId: token.securityDomainId })
      if (request.tokens === 'delete') await removeToken(unit, token, user)
      else await takeFromUser(unit, token, user)
    }
    const { access } = unit.tx
    await access.removeSessionsOf(onUserId)
    for (const { id } of await access.assignmentsOf(onUserId)) await access.revokeRole(id)
    if ((await access.administrator(onUserId)) !== undefined) await access.removeAdministrator(onUserId)
    await unit.tx.users.remove(onUserId)
    const serials = [...tokens.map(({ record }) => record.serial), ...apps]
    unit.audit({ action: 'delete-user', user, before: { ...userFacts(user), tokens: serials } })
    return { serials }
  })
}
