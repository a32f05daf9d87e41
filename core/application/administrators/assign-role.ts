import { mayGrant } from '@driftlock/domain'
import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { domainRole } from '../administration/administrator-grants.ts'
import { treeOf } from '../administration/authorise-act.ts'
import { findUser, requireSecurityDomain } from '../administration/find-object.ts'
import { administer } from '../administration/unit-of-work.ts'
import { ApplicationError } from '../errors/application-error.ts'
import type { RoleAssignment } from '../ports/access-store.ts'
import { uniqueId } from '../unique-id.ts'

export interface AssignRoleRequest {
  readonly user: string
  readonly roleId: string
  /** The role holds in this security domain and everything below it. */
  readonly securityDomainId: string
}

/**
 * Gives a role in a scope to an administrator. Nobody gives more than they hold there.
 * @throws ApplicationError `MORE_THAN_HELD`, `ALREADY_EXISTS`, `NOT_FOUND`.
 */
export async function assignRole(
  ports: AdministrationPorts,
  context: AdministrationContext,
  request: AssignRoleRequest,
): Promise<RoleAssignment> {
  const { roleId, securityDomainId } = request
  const action = 'assign-role'
  return administer(ports, { context, action }, async (unit) => {
    const { access } = unit.tx
    const user = await findUser(unit.tx, request.user)
    const userId = user.user.id
    await requireSecurityDomain(unit.tx, securityDomainId)
    await unit.authorise({ permission: action, securityDomainId })
    const role = await access.role(roleId)
    if (role === undefined) throw new ApplicationError('NOT_FOUND', { type: 'role', id: roleId })
    if ((await access.administrator(userId)) === undefined)
      throw new ApplicationError('NOT_FOUND', { type: 'administrator', id: user.user.username })
    if (context.authority.type === 'administrator') {
      const grant = { role: domainRole(role), scopeDomainIds: [securityDomainId] }
      const answer = mayGrant(context.authority.administrator, grant, await treeOf(unit.tx))
      if (!answer.allowed) throw new ApplicationError('MORE_THAN_HELD', { missing: answer.missing })
    }
    const held = await access.assignmentsOf(userId)
    if (held.some((one) => one.roleId === roleId && one.securityDomainId === securityDomainId))
      throw new ApplicationError('ALREADY_EXISTS', { type: 'role-assignment', field: 'role', value: role.name })
    const assignment = { id: uniqueId(ports), userId, roleId, securityDomainId, createdAt: unit.now }
    await access.assignRole(assignment)
    unit.audit({ action, user, securityDomainId, after: { role: role.name, securityDomainId } })
    return assignment
  })
}
