import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { requireSecurityDomain } from '../administration/find-object.ts'
import { administer } from '../administration/unit-of-work.ts'

/** Deletes a security domain that nothing belongs to any more. @throws ApplicationError `IN_USE`, `NOT_FOUND`. */
export async function deleteSecurityDomain(
  ports: AdministrationPorts,
  context: AdministrationContext,
  request: { readonly securityDomainId: string },
): Promise<void> {
  const { securityDomainId } = request
  return administer(ports, { context, action: 'delete-security-domain' }, async (unit) => {
    const { name, parentId, notes } = await requireSecurityDomain(unit.tx, securityDomainId)
    await unit.authorise({ permission: 'delete-security-domain', securityDomainId })
    for (const { kind } of await unit.tx.configuration.policiesOf(securityDomainId))
      await unit.tx.configuration.clearPolicy(securityDomainId, kind)
    await unit.tx.securityDomains.remove(securityDomainId)
    unit.audit({ action: 'delete-security-domain', securityDomainId, before: { name, parentId, notes } })
  })
}
