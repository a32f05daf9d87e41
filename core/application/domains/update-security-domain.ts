import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { changedFacts } from '../administration/changed-facts.ts'
import { requireSecurityDomain } from '../administration/find-object.ts'
import { administer } from '../administration/unit-of-work.ts'
import type { SecurityDomain } from '../ports/security-domain-store.ts'
import { requireSoundDomain } from './security-domain-work.ts'

export interface UpdateSecurityDomainRequest {
  readonly securityDomainId: string
  readonly name?: string
  /** A move: everything below moves along and inherits other policies from then on. */
  readonly parentId?: string
  readonly notes?: string
}

/**
 * Renames or moves a security domain. A move needs the right in the domain, above it and at the new place: it takes users from
 * one administrator to another.
 * @throws ApplicationError `INVALID_INPUT`, `NOT_FOUND`.
 */
export async function updateSecurityDomain(
  ports: AdministrationPorts,
  context: AdministrationContext,
  request: UpdateSecurityDomainRequest,
): Promise<SecurityDomain> {
  const { securityDomainId, name, parentId, notes } = request
  const permission = 'update-security-domain'
  return administer(ports, { context, action: permission }, async (unit) => {
    const before = await requireSecurityDomain(unit.tx, securityDomainId)
    if (parentId !== undefined) await requireSecurityDomain(unit.tx, parentId)
    const above = parentId === undefined ? [] : [before.parentId, parentId]
    for (const id of [securityDomainId, ...above]) await unit.authorise({ permission, securityDomainId: id })
    const after: SecurityDomain = {
      ...before,
      ...(name !== undefined && { name: name.normalize('NFKC').trim() }),
      ...(parentId !== undefined && { parentId }),
      ...(notes !== undefined && { notes }),
    }
    await requireSoundDomain(unit, after)
    await unit.tx.securityDomains.update(after)
    unit.audit({ action: permission, securityDomainId, ...changedFacts({ ...before }, { ...after }) })
    return { ...after, version: before.version + 1 }
  })
}
