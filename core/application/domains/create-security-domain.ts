import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { requireSecurityDomain } from '../administration/find-object.ts'
import { administer } from '../administration/unit-of-work.ts'
import type { SecurityDomain } from '../ports/security-domain-store.ts'
import { uniqueId } from '../unique-id.ts'
import { requireSoundDomain } from './security-domain-work.ts'

/** Creates a security domain below another one; it inherits that one's policies. @throws ApplicationError `INVALID_INPUT`, `NOT_FOUND`. */
export async function createSecurityDomain(
  ports: AdministrationPorts,
  context: AdministrationContext,
  request: { readonly name: string; readonly parentId: string; readonly notes?: string },
): Promise<SecurityDomain> {
  const { name, parentId, notes = '' } = request
  return administer(ports, { context, action: 'create-security-domain' }, async (unit) => {
    await requireSecurityDomain(unit.tx, parentId)
    await unit.authorise({ permission: 'create-security-domain', securityDomainId: parentId })
    const domain = { id: uniqueId(ports), name: name.normalize('NFKC').trim(), parentId, notes, version: 1 }
    await requireSoundDomain(unit, domain)
    await unit.tx.securityDomains.insert(domain)
    unit.audit({ action: 'create-security-domain', securityDomainId: domain.id, after: { name, parentId, notes } })
    return domain
  })
}
