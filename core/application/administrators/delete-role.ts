import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { administer } from '../administration/unit-of-work.ts'
import { ApplicationError } from '../errors/application-error.ts'

/** Deletes a role of one's own that nobody holds. @throws ApplicationError `PREDEFINED_ROLE`, `IN_USE`, `NOT_FOUND`. */
export async function deleteRole(
  ports: AdministrationPorts,
  context: AdministrationContext,
  { roleId }: { readonly roleId: string },
): Promise<void> {
  return administer(ports, { context, action: 'revoke-role' }, async (unit) => {
    const { access } = unit.tx
    await unit.authorise({ permission: 'revoke-role', securityDomainId: null })
    const role = await access.role(roleId)
    if (role === undefined) throw new ApplicationError('NOT_FOUND', { type: 'role', id: roleId })
    if (role.predefined) throw new ApplicationError('PREDEFINED_ROLE', { role: role.name })
    if ((await access.assignments()).some((one) => one.roleId === roleId))
      throw new ApplicationError('IN_USE', { type: 'role', id: role.name })
    await access.removeRole(roleId)
    unit.audit({ action: 'revoke-role', before: { name: role.name, permissions: role.permissions } })
  })
}
