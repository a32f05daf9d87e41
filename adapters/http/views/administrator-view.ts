import {
  type AdministrationReader,
  type AdministratorView,
  type ApiKey as StoredKey,
  domainRole,
  type Role as StoredRole,
} from '@driftlock/application'
import type { Administrator, ApiKey, HeldPermission, Role } from '@driftlock/contracts'
import { type DomainTree, PERMISSIONS, type Permission } from '@driftlock/domain'
import { domainReferenceIn, namesFor, userReferenceOf } from './references.ts'

export function roleView(role: StoredRole): Role {
  const { id, name, predefined, version } = role
  return { id, name, predefined, version, permissions: [...domainRole(role).permissions] }
}

export async function administratorViews(
  read: AdministrationReader,
  administrators: readonly AdministratorView[],
): Promise<Administrator[]> {
  const roles = new Map((await read.access.roles()).map((role) => [role.id, role.name]))
  const stored = new Map((await read.access.administrators()).map((one) => [one.userId, one]))
  const names = await namesFor(read, [])
  return administrators.map(({ user, enabled, assignments }) => {
    const kept = stored.get(user.user.id)
    return {
      user: userReferenceOf(user),
      enabled,
      createdAt: kept?.createdAt ?? user.createdAt,
      lastLogOnAt: kept?.lastLogOnAt ?? null,
      setUpPending: (kept?.setupCodeMac ?? null) !== null,
      assignments: assignments.map(({ id, roleId, securityDomainId, createdAt }) => ({
        id,
        roleId,
        createdAt,
        roleName: roles.get(roleId) ?? roleId,
        scope: names.domain(securityDomainId),
      })),
    }
  })
}

export function heldView(
  held: readonly { readonly permission: Permission; readonly domainIds: readonly string[] }[],
  tree: DomainTree,
): HeldPermission[] {
  return held.map(({ permission, domainIds }) => ({
    permission,
    text: PERMISSIONS[permission],
    domains: domainIds.map((id) => domainReferenceIn(tree, id)),
  }))
}

export async function apiKeyViews(
  read: AdministrationReader,
  keys: readonly Omit<StoredKey, 'secretMac'>[],
): Promise<ApiKey[]> {
  const names = await namesFor(
    read,
    keys.map(({ userId }) => userId),
  )
  return keys.map(({ id, name, userId, permissions, createdAt, expiresAt, lastUsedAt, revokedAt }) => ({
    id,
    name,
    createdAt,
    expiresAt,
    lastUsedAt,
    revokedAt,
    user: names.user(userId) ?? { id: userId, username: userId, displayName: userId },
    permissions: [...domainRole({ id, name, permissions, predefined: false, version: 0 }).permissions],
  }))
}
