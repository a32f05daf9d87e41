import { domainChain, type DomainTree } from '../directory/security-domain.ts'
import { INITIAL_POLICIES } from './defaults.ts'
import type { Policies, PolicyKind } from './policies.ts'

/** What each domain sets for itself, by domain id; a kind it does not set is inherited. */
export type PolicyAssignments = ReadonlyMap<string, Partial<Policies>>

export interface EffectivePolicy<K extends PolicyKind> {
  readonly policy: Policies[K]
  /** The domain that sets it; `default` = none up to the root does. */
  readonly from: { readonly type: 'domain'; readonly domainId: string } | { readonly type: 'default' }
  /** The domain first and the root last, and which of them set this kind: the first that does is the one that holds. */
  readonly chain: readonly { readonly domainId: string; readonly sets: boolean }[]
}

/** Where a policy is asked for. */
export interface PolicyPlace {
  readonly domainId: string
  readonly domains: DomainTree
  readonly assignments: PolicyAssignments
}

/**
 * The policy of a kind that holds in a security domain: its own, else that of the nearest domain above, else the initial
 * one. (The system described did not inherit; people edited the wrong policy: authentication-manager §15.)
 * @throws DomainTreeError for a domain that is not in the tree.
 */
export function effectivePolicy<K extends PolicyKind>(kind: K, place: PolicyPlace): EffectivePolicy<K> {
  const { domainId, domains, assignments } = place
  const found = domainChain(domainId, domains).map(({ id }) => ({ id, policy: assignments.get(id)?.[kind] }))
  const chain = found.map(({ id, policy }) => ({ domainId: id, sets: policy !== undefined }))
  for (const { id, policy } of found) {
    if (policy !== undefined) return { policy, from: { type: 'domain', domainId: id }, chain }
  }
  return { policy: INITIAL_POLICIES[kind], from: { type: 'default' }, chain }
}

/** All kinds of policy that hold in a domain, as a decision needs them. */
export function effectivePolicies(place: PolicyPlace): Policies {
  return {
    token: effectivePolicy('token', place).policy,
    lockout: effectivePolicy('lockout', place).policy,
    offline: effectivePolicy('offline', place).policy,
  }
}
