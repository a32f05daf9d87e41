import { type Permission, PREDEFINED_ROLES } from '@driftlock/domain'
import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { authoriseAct } from '../administration/authorise-act.ts'
import { administer } from '../administration/unit-of-work.ts'
import { ApplicationError } from '../errors/application-error.ts'
import type { Role } from '../ports/access-store.ts'
import { uniqueId } from '../unique-id.ts'

export interface SaveRoleRequest {
  /** Absent = a new role. */
  readonly roleId?: string
  readonly name: string
  readonly permissions: readonly Permission[]
}

/**
 * Makes a role or changes one of one's own; it takes effect for those who hold it when they next log on. Every permission of
 * it must be held over the whole deployment: a role holds wherever it is assigned.
 * @throws ApplicationError `PREDEFINED_ROLE`, `INVALID_INPUT`, `NOT_FOUND`.
 */
export async function saveRole(
  ports: AdministrationPorts,
  context: AdministrationContext,
  { roleId, name, permissions }: SaveRoleRequest,
): Promise<Role> {
  const action = 'assign-role'
  return administer(ports, { context, action }, async (unit) => {
    const { access } = unit.tx
    await unit.authorise({ permission: action, securityDomainId: null })
    for (const permission of permissions) await authoriseAct(unit.tx, context, { permission, securityDomainId: null })
    if (name.trim() === '' || name.length > 128)
      throw new ApplicationError('INVALID_INPUT', { field: 'name', faults: ['enter 1 to 128 characters.'] })
    const before = roleId === undefined ? undefined : await access.role(roleId)
    if (roleId !== undefined && before === undefined)
      throw new ApplicationError('NOT_FOUND', { type: 'role', id: roleId })
    if (before?.predefined === true) throw new ApplicationError('PREDEFINED_ROLE', { role: before.name })
    const role: Role = {
      id: roleId ?? uniqueId(ports),
      name,
      permissions,
      predefined: false,
      version: before?.version ?? 1,
    }
    if (before === undefined) await access.insertRole(role)
    else await access.updateRole(role)
    unit.audit({
      action,
      before: before && { name: before.name, permissions: before.permissions },
      after: { name, permissions },
    })
    return role
  })
}

/** Writes the predefined roles, and brings those of an earlier version up to this one. To be called at every start. */
export async function installPredefinedRoles(
  ports: AdministrationPorts,
  context: AdministrationContext,
): Promise<void> {
  return administer(ports, { context, action: 'assign-role' }, async (unit) => {
    await unit.authorise({ permission: 'assign-role', securityDomainId: null })
    for (const { id, name, permissions } of Object.values(PREDEFINED_ROLES)) {
      const before = await unit.tx.access.role(id)
      if (before === undefined) await unit.tx.access.insertRole({ id, name, permissions, predefined: true, version: 1 })
      else if (before.permissions.join() !== permissions.join() || before.name !== name)
        await unit.tx.access.updateRole({ ...before, name, permissions })
    }
  })
}
