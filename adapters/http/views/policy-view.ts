import { type AdministrationReader, policyGround, wholePolicies } from '@driftlock/application'
import type { DomainPolicies, PolicyOrigin } from '@driftlock/contracts'
import {
  domainChain,
  effectivePolicy,
  INITIAL_POLICIES,
  INITIAL_POLICY_NAMES,
  type PolicyKind,
} from '@driftlock/domain'
import { domainReferenceIn } from './references.ts'

/** The policies that hold in a domain, with the domain each field comes from. */
export async function domainPolicies(read: AdministrationReader, domainId: string): Promise<DomainPolicies> {
  const ground = await policyGround(read)
  const { domains, settings } = ground
  const place = { domainId, domains, assignments: wholePolicies(ground) }
  const chain = domainChain(domainId, domains)
  const parentId = chain[1]?.id
  const setBy = (id: string, kind: PolicyKind) =>
    settings.find((one) => one.securityDomainId === id && one.kind === kind)

  const originOf = (kind: PolicyKind, field: string): PolicyOrigin => {
    const setter = chain.find(({ id }) => Object.hasOwn(setBy(id, kind)?.value ?? {}, field))
    return setter === undefined
      ? { type: 'initial', name: INITIAL_POLICY_NAMES[kind] }
      : { type: 'domain', domain: domainReferenceIn(domains, setter.id), own: setter.id === domainId }
  }
  const view = <K extends PolicyKind>(kind: K) => {
    const own = setBy(domainId, kind)
    const inherited =
      parentId === undefined ? INITIAL_POLICIES[kind] : effectivePolicy(kind, { ...place, domainId: parentId }).policy
    return {
      effective: effectivePolicy(kind, place).policy,
      own: own?.value ?? null,
      inherited,
      origins: Object.fromEntries(Object.keys(INITIAL_POLICIES[kind]).map((field) => [field, originOf(kind, field)])),
      version: own?.version ?? 0,
    }
  }
  const views = { token: view('token'), lockout: view('lockout'), offline: view('offline') }
  return { securityDomain: domainReferenceIn(domains, domainId), ...views } as DomainPolicies // own holds fields of its kind
}
