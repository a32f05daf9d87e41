import { type Grant, PERMISSIONS, type Permission } from '@driftlock/domain'
import type { Role as StoredRole } from '../ports/access-store.ts'
import type { AdministrationReader } from '../ports/administration-store.ts'

/** The roles of an administrator with their scopes, as the authoriser looks at them. */
export async function grantsOf(reader: AdministrationReader, userId: string): Promise<readonly Grant[]> {
  const assignments = await reader.access.assignmentsOf(userId)
  const grants: Grant[] = []
  for (const { roleId, securityDomainId } of assignments) {
    const role = await reader.access.role(roleId)
    if (role !== undefined) grants.push({ role: domainRole(role), scopeDomainIds: [securityDomainId] })
  }
  return grants
}

/** A stored role with the permissions this version knows; a name it does not know allows nothing. */
export function domainRole({ id, name, permissions }: StoredRole): Grant['role'] {
  return { id, name, permissions: permissions.filter(isPermission) }
}

export function isPermission(name: string): name is Permission {
  return Object.hasOwn(PERMISSIONS, name)
}
