import {
  domainChain,
  type DomainTree,
  effectivePolicies,
  INITIAL_POLICIES,
  type Policies,
  type PolicyAssignments,
  type PolicyKind,
} from '@driftlock/domain'
import { treeOf } from '../administration/authorise-act.ts'
import type { AdministrationReader } from '../ports/administration-store.ts'
import type { PolicySetting } from '../ports/configuration-store.ts'

/** Everything that policies follow from, read at one moment. */
export interface PolicyGround {
  readonly domains: DomainTree
  readonly settings: readonly PolicySetting[]
}

export type PolicyReader = Pick<AdministrationReader, 'configuration' | 'securityDomains'>

export async function policyGround(reader: PolicyReader): Promise<PolicyGround> {
  const settings = await reader.configuration.policies()
  // The tree needs no more of the reader than the security domains.
  const domains = await treeOf(reader as AdministrationReader)
  return { domains, settings }
}

/** The policies that hold in a security domain. @throws DomainTreeError for one that is not in the tree. */
export function policiesInForce(ground: PolicyGround, domainId: string): Policies {
  return effectivePolicies({ domainId, domains: ground.domains, assignments: wholePolicies(ground) })
}

/**
 * What each domain sets, made whole: the store keeps only the fields a domain sets itself, and the fields it leaves out
 * are those of the nearest domain above, in the end the initial policy's. The PIN rules and the emergency code format are
 * one field each: a domain sets all of them or none.
 */
export function wholePolicies({ domains, settings }: PolicyGround): PolicyAssignments {
  const own = new Map<string, Partial<Record<PolicyKind, object>>>()
  for (const { securityDomainId, kind, value } of settings) {
    own.set(securityDomainId, { ...own.get(securityDomainId), [kind]: value })
  }
  const whole = new Map<string, Partial<Policies>>()
  for (const [domainId, set] of own) {
    if (!domains.has(domainId)) continue
    const chain = domainChain(domainId, domains).toReversed()
    const kinds = Object.keys(set) as PolicyKind[] // the kinds of the settings just put in
    const merged = kinds.map((kind) => [
      kind,
      Object.assign({}, INITIAL_POLICIES[kind], ...chain.map(({ id }) => own.get(id)?.[kind])) as object, // Object.assign says any
    ])
    whole.set(domainId, Object.fromEntries(merged) as Partial<Policies>) // each kind: the initial policy with fields replaced
  }
  return whole
}
