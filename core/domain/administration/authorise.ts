import { domainChain, type DomainTree } from '../directory/security-domain.ts'
import { ALL_PERMISSIONS, type Permission } from './permissions.ts'
import type { Role } from './predefined-roles.ts'

/** A role in a scope: it holds in these security domains and in everything below them. */
export interface Grant {
  readonly role: Role
  readonly scopeDomainIds: readonly string[]
}

export interface Administrator {
  readonly grants: readonly Grant[]
}

/** What somebody wants to do, and to an object of which security domain. */
export interface Act {
  readonly permission: Permission
  /** null = the deployment as a whole (settings, keys, backups): only a scope with the root covers it. */
  readonly objectDomainId: string | null
}

export type Authorisation =
  | { readonly allowed: true; readonly roleId: string; readonly scopeDomainId: string }
  | { readonly allowed: false; readonly reason: 'permission-not-held' | 'outside-scope' }

/**
 * Whether an administrator may do this (authentication-manager §6.4): one grant must hold both the permission and the
 * object's domain. The answer names the role and the domain that allow it, or what is missing.
 * @throws DomainTreeError for a domain that is not in the tree.
 */
export function authorise(administrator: Administrator, act: Act, domains: DomainTree): Authorisation {
  const holding = administrator.grants.filter(({ role }) => role.permissions.includes(act.permission))
  if (holding.length === 0) return { allowed: false, reason: 'permission-not-held' }
  const covering = coveringDomainIds(act.objectDomainId, domains)
  for (const { role, scopeDomainIds } of holding) {
    const scopeDomainId = covering.find((id) => scopeDomainIds.includes(id))
    if (scopeDomainId !== undefined) return { allowed: true, roleId: role.id, scopeDomainId }
  }
  return { allowed: false, reason: 'outside-scope' }
}

/** The domains whose presence in a scope covers an object, nearest first. */
function coveringDomainIds(objectDomainId: string | null, domains: DomainTree): readonly string[] {
  if (objectDomainId !== null) return domainChain(objectDomainId, domains).map(({ id }) => id)
  return [...domains.values()].filter(({ parentId }) => parentId === null).map(({ id }) => id)
}

/** What an administrator may do to objects of one domain (or, with null, to the deployment), in the order of the list. */
export function permissionsAt(
  administrator: Administrator,
  objectDomainId: string | null,
  domains: DomainTree,
): readonly Permission[] {
  return ALL_PERMISSIONS.filter(
    (permission) => authorise(administrator, { permission, objectDomainId }, domains).allowed,
  )
}

/** "What may this person do?": every permission held anywhere, with the topmost domains it holds in. */
export function heldPermissions(
  administrator: Administrator,
  domains: DomainTree,
): readonly { readonly permission: Permission; readonly domainIds: readonly string[] }[] {
  const may = (permission: Permission, objectDomainId: string) =>
    authorise(administrator, { permission, objectDomainId }, domains).allowed
  return ALL_PERMISSIONS.map((permission) => ({
    permission,
    domainIds: [...domains.values()]
      .filter(({ id, parentId }) => may(permission, id) && (parentId === null || !may(permission, parentId)))
      .map(({ id }) => id),
  })).filter(({ domainIds }) => domainIds.length > 0)
}
