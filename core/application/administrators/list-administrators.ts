import { type DomainTree, heldPermissions, type Permission } from '@driftlock/domain'
import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { grantsOf } from '../administration/administrator-grants.ts'
import { authoriseAct, treeOf } from '../administration/authorise-act.ts'
import { findUser } from '../administration/find-object.ts'
import type { Role, RoleAssignment } from '../ports/access-store.ts'
import type { ManagedUser } from '../ports/user-store.ts'

export interface AdministratorView {
  readonly user: ManagedUser
  readonly enabled: boolean
  readonly assignments: readonly RoleAssignment[]
}

/** All administrators with their roles and scopes. */
export async function listAdministrators(
  { administration: { read } }: AdministrationPorts,
  context: AdministrationContext,
): Promise<readonly AdministratorView[]> {
  await authoriseAct(read, context, { permission: 'view-administrators', securityDomainId: null })
  const all = await read.access.administrators()
  const users = await read.users.findMany(all.map(({ userId }) => userId))
  const assignments = await read.access.assignments()
  return users.map((user) => ({
    user,
    enabled: all.find(({ userId }) => userId === user.user.id)?.enabled ?? false,
    assignments: assignments.filter(({ userId }) => userId === user.user.id),
  }))
}

/** Every role, the predefined ones included. */
export async function listRoles(
  { administration: { read } }: AdministrationPorts,
  context: AdministrationContext,
): Promise<readonly Role[]> {
  await authoriseAct(read, context, { permission: 'view-administrators', securityDomainId: null })
  return read.access.roles()
}

/** "What may this person do?": each permission with the topmost security domains it holds in. @throws ApplicationError `NOT_FOUND`. */
export async function permissionsOf(
  { administration: { read } }: AdministrationPorts,
  context: AdministrationContext,
  request: { readonly user: string },
): Promise<readonly { readonly permission: Permission; readonly domainIds: readonly string[] }[]> {
  const { user } = await findUser(read, request.user)
  await authoriseAct(read, context, { permission: 'view-administrators', securityDomainId: user.securityDomainId })
  const tree: DomainTree = await treeOf(read)
  return heldPermissions({ grants: await grantsOf(read, user.id) }, tree)
}
