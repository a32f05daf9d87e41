import type { DomainTree } from '../directory/security-domain.ts'
import { type Administrator, authorise, type Grant, permissionsAt } from './authorise.ts'
import type { Permission } from './permissions.ts'

export type Delegation =
  | { readonly allowed: true }
  | {
      readonly allowed: false
      /** `empty-scope`: a grant without a domain. The others: held too little, and in which domain. */
      readonly reason: 'empty-scope' | 'may-not-delegate' | 'more-than-held'
      readonly domainId: string | null
      /** Permissions of the role that the acting administrator lacks there. */
      readonly missing: readonly Permission[]
    }

const ALLOWED: Delegation = { allowed: true }

/**
 * Whether an administrator may give this role in this scope to somebody: in every domain of the scope both `assign-role`
 * and every permission of the role must be held. So nobody gains, by any chain of grants, what no grantor had.
 */
export function mayGrant(actor: Administrator, grant: Grant, domains: DomainTree): Delegation {
  return mayDelegate(actor, { grant, by: 'assign-role' }, domains)
}

/** Whether an administrator may take this grant from somebody: nobody strips those who hold more. */
export function mayRevoke(actor: Administrator, grant: Grant, domains: DomainTree): Delegation {
  return mayDelegate(actor, { grant, by: 'revoke-role' }, domains)
}

/**
 * Whether an administrator may clear the PIN, issue emergency access, assign tokens … of somebody who is an administrator
 * as well: only when everything that person may do is held, or the act would be a way to log on as someone mightier.
 */
export function mayActOnAdministrator(actor: Administrator, target: Administrator, domains: DomainTree): Delegation {
  for (const grant of target.grants) {
    const refused = firstLacking(actor, grant, domains)
    if (refused !== undefined) return refused
  }
  return ALLOWED
}

interface DelegationAct {
  readonly grant: Grant
  readonly by: 'assign-role' | 'revoke-role'
}

function mayDelegate(actor: Administrator, { grant, by }: DelegationAct, domains: DomainTree): Delegation {
  if (grant.scopeDomainIds.length === 0) return { allowed: false, reason: 'empty-scope', domainId: null, missing: [] }
  for (const domainId of grant.scopeDomainIds) {
    if (!authorise(actor, { permission: by, objectDomainId: domainId }, domains).allowed) {
      return { allowed: false, reason: 'may-not-delegate', domainId, missing: [by] }
    }
  }
  return firstLacking(actor, grant, domains) ?? ALLOWED
}

function firstLacking(actor: Administrator, grant: Grant, domains: DomainTree): Delegation | undefined {
  for (const domainId of grant.scopeDomainIds) {
    const held = new Set(permissionsAt(actor, domainId, domains))
    const missing = grant.role.permissions.filter((permission) => !held.has(permission))
    if (missing.length > 0) return { allowed: false, reason: 'more-than-held', domainId, missing }
  }
  return undefined
}
