import { SECURITY_DOMAIN_FAULTS, securityDomainFaults } from '@driftlock/domain'
import { treeOf } from '../administration/authorise-act.ts'
import type { Unit } from '../administration/unit-of-work.ts'
import { ApplicationError } from '../errors/application-error.ts'
import type { SecurityDomain } from '../ports/security-domain-store.ts'

/** Refuses what would leave the tree of security domains broken or ambiguous. @throws ApplicationError `INVALID_INPUT`. */
export async function requireSoundDomain({ tx }: Unit, domain: SecurityDomain): Promise<void> {
  const faults = securityDomainFaults(domain, await treeOf(tx))
  if (faults.length === 0) return
  const texts = faults.map((fault) => SECURITY_DOMAIN_FAULTS[fault])
  throw new ApplicationError('INVALID_INPUT', { field: 'securityDomain', faults: texts })
}
