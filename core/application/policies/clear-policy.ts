import type { PolicyKind } from '@driftlock/domain'
import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { requireSecurityDomain } from '../administration/find-object.ts'
import { administer } from '../administration/unit-of-work.ts'

/** Returns a policy of a security domain to what it inherits. @throws ApplicationError `NOT_FOUND`. */
export async function clearPolicy(
  ports: AdministrationPorts,
  context: AdministrationContext,
  request: { readonly securityDomainId: string; readonly kind: PolicyKind },
): Promise<void> {
  const { securityDomainId, kind } = request
  return administer(ports, { context, action: 'update-policy' }, async (unit) => {
    await requireSecurityDomain(unit.tx, securityDomainId)
    await unit.authorise({ permission: 'update-policy', securityDomainId })
    const before = (await unit.tx.configuration.policiesOf(securityDomainId)).find((one) => one.kind === kind)
    await unit.tx.configuration.clearPolicy(securityDomainId, kind)
    const value = before?.value ?? null
    unit.audit({ action: 'update-policy', securityDomainId, before: { kind, value }, after: { kind, value: null } })
  })
}
