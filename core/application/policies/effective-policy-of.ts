import { effectivePolicy, type EffectivePolicy, type PolicyKind } from '@driftlock/domain'
import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { authoriseAct } from '../administration/authorise-act.ts'
import { requireSecurityDomain } from '../administration/find-object.ts'
import type { PolicySetting } from '../ports/configuration-store.ts'
import { policyGround, wholePolicies } from './policies-in-force.ts'

/** What holds, where it comes from, and what the security domain sets itself (null = nothing of this kind). */
export type EffectivePolicyView<K extends PolicyKind> = EffectivePolicy<K> & { readonly own: PolicySetting | null }

/** The policy of a kind that holds in a security domain, for display. @throws ApplicationError `NOT_FOUND`. */
export async function effectivePolicyOf<K extends PolicyKind>(
  { administration: { read } }: AdministrationPorts,
  context: AdministrationContext,
  { securityDomainId, kind }: { readonly securityDomainId: string; readonly kind: K },
): Promise<EffectivePolicyView<K>> {
  await requireSecurityDomain(read, securityDomainId)
  await authoriseAct(read, context, { permission: 'view-policies', securityDomainId })
  const ground = await policyGround(read)
  const place = { domainId: securityDomainId, domains: ground.domains, assignments: wholePolicies(ground) }
  const own = ground.settings.find((one) => one.securityDomainId === securityDomainId && one.kind === kind)
  return { ...effectivePolicy(kind, place), own: own ?? null }
}
