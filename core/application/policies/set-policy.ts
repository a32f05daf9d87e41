import { type Policies, type PolicyKind, policyFaults } from '@driftlock/domain'
import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { requireSecurityDomain } from '../administration/find-object.ts'
import { administer } from '../administration/unit-of-work.ts'
import { ApplicationError } from '../errors/application-error.ts'
import type { PolicySetting } from '../ports/configuration-store.ts'
import { policiesInForce, policyGround } from './policies-in-force.ts'

/** A policy of one kind: the fields a security domain sets; the others are inherited. */
export type SetPolicyRequest = {
  readonly [K in PolicyKind]: {
    readonly securityDomainId: string
    readonly kind: K
    readonly value: Partial<Policies[K]>
    /** The version that was shown; absent = whatever it is now. */
    readonly version?: number
  }
}[PolicyKind]

/**
 * Sets what a security domain says of a policy; it replaces what the domain said before and holds at the next log-on on every
 * instance. What comes out for the domain and for all below it must be sound.
 * @throws ApplicationError `INVALID_INPUT`, `CHANGED_MEANWHILE`, `NOT_FOUND`.
 */
export async function setPolicy(
  ports: AdministrationPorts,
  context: AdministrationContext,
  request: SetPolicyRequest,
): Promise<Policies> {
  const { securityDomainId, kind, value } = request
  return administer(ports, { context, action: 'update-policy' }, async (unit) => {
    await requireSecurityDomain(unit.tx, securityDomainId)
    await unit.authorise({ permission: 'update-policy', securityDomainId })
    const { domains, settings } = await policyGround(unit.tx)
    const before = settings.find((one) => one.securityDomainId === securityDomainId && one.kind === kind)
    const version = before?.version ?? 0
    if (request.version !== undefined && request.version !== version)
      throw new ApplicationError('CHANGED_MEANWHILE', { type: 'policy', id: `${kind} of ${securityDomainId}` })
    const setting = { securityDomainId, kind, value, version, updatedAt: unit.now } as PolicySetting // kind and value of one request
    const ground = { domains, settings: [...settings.filter((one) => one !== before), setting] }
    for (const id of domains.keys()) {
      const faults = policyFaults(kind, policiesInForce(ground, id)[kind]).map(({ text }) => text)
      if (faults.length > 0) throw new ApplicationError('INVALID_INPUT', { field: kind, faults })
    }
    await unit.tx.configuration.setPolicy(setting)
    unit.audit({
      action: 'update-policy',
      securityDomainId,
      before: { kind, value: before?.value ?? null },
      after: { kind, value },
    })
    return policiesInForce(ground, securityDomainId)
  })
}
