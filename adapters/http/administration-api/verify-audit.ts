import { type AdministrationContext, verifyAudit as verifyChains } from '@driftlock/application'
import type { AuditVerification } from '@driftlock/contracts'
import type { ApiServices } from '../api/services.ts'

/** Walks along every chain of the deployment. */
export async function verifyAudit(services: ApiServices, context: AdministrationContext): Promise<AuditVerification> {
  const chains: AuditVerification['chains'] = []
  for await (const report of verifyChains({ ...services, proof: services.auditProof }, context)) {
    const { chainId, records, pruned, lastSequence, checkpoints, fault } = report
    const faults = fault === undefined ? [] : [{ sequence: fault.sequence, kind: fault.kind, detail: fault.text }]
    chains.push({ chainId, records, pruned, lastSequence, checkpoints, faults })
  }
  return { verifiedAt: services.clock.now(), intact: chains.every(({ faults }) => faults.length === 0), chains }
}
