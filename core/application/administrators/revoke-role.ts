import { mayRevoke } from '@driftlock/domain'
import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { domainRole } from '../administration/administrator-grants.ts'
import { treeOf } from '../administration/authorise-act.ts'
import { findUser } from '../administration/find-object.ts'
import { administer } from '../administration/unit-of-work.ts'
import { ApplicationError } from '../errors/application-error.ts'
import { requireOtherSuperAdministrator, SUPER_ADMIN_ROLE_ID } from './super-administrators.ts'

/**
 * Takes a role from an administrator and ends their sessions. Nobody strips those who hold more, and the last super
 * administrator stays one.
 * @throws ApplicationError `MORE_THAN_HELD`, `LAST_SUPER_ADMINISTRATOR`, `NOT_FOUND`.
 */
export async function revokeRole(
  ports: AdministrationPorts,
  context: AdministrationContext,
  request: { readonly assignmentId: string },
): Promise<void> {
  const action = 'revoke-role'
  return administer(ports, { context, action }, async (unit) => {
    const { access } = unit.tx
    const assignment = (await access.assignments()).find(({ id }) => id === request.assignmentId)
    await unit.authorise({ permission: action, securityDomainId: assignment?.securityDomainId ?? null })
    const role = assignment && (await access.role(assignment.roleId))
    if (assignment === undefined || role === undefined)
      throw new ApplicationError('NOT_FOUND', { type: 'role-assignment', id: request.assignmentId })
    const { securityDomainId, userId } = assignment
    if (context.authority.type === 'administrator') {
      const grant = { role: domainRole(role), scopeDomainIds: [securityDomainId] }
      const answer = mayRevoke(context.authority.administrator, grant, await treeOf(unit.tx))
      if (!answer.allowed) throw new ApplicationError('MORE_THAN_HELD', { missing: answer.missing })
    }
    if (role.id === SUPER_ADMIN_ROLE_ID) await requireOtherSuperAdministrator(unit.tx, userId)
    await access.revokeRole(assignment.id)
    await access.removeSessionsOf(userId)
    const user = await findUser(unit.tx, userId)
    unit.audit({ action, user, securityDomainId, before: { role: role.name, securityDomainId } })
  })
}
