import { type AdministrationReader, type AuditLink, verifyChain } from '@driftlock/application'
import type { AuditVerification } from '@driftlock/contracts'
import type { ApiServices } from '../api/services.ts'

const LINKS_AT_A_TIME = 1000

/** Walks along every chain of the deployment. */
export async function verifyAudit({ administration, auditProof, clock }: ApiServices): Promise<AuditVerification> {
  const { auditLog } = administration.read
  const chains: AuditVerification['chains'] = []
  for (const head of await auditLog.heads()) {
    const { chainId } = head
    const source = {
      chainId,
      links: linksOf(auditLog, chainId, head.sequence),
      checkpoints: await auditLog.checkpoints(chainId),
      head,
    }
    const { records, pruned, checkpoints, fault } = await verifyChain(auditProof, source)
    const faults = fault === undefined ? [] : [{ sequence: fault.sequence, kind: fault.kind, detail: fault.text }]
    chains.push({ chainId, records, pruned, lastSequence: head.sequence, checkpoints, faults })
  }
  return { verifiedAt: clock.now(), intact: chains.every(({ faults }) => faults.length === 0), chains }
}

/** Links up to where the head stood when it was read: what is written meanwhile is for the next time. */
async function* linksOf(
  auditLog: AdministrationReader['auditLog'],
  chainId: string,
  through: number,
): AsyncGenerator<AuditLink> {
  for (let above = 0; above < through; ) {
    const links = await auditLog.links(chainId, above, LINKS_AT_A_TIME)
    for (const link of links) if (link.sequence <= through) yield link
    const last = links.at(-1)
    if (last === undefined) return
    above = last.sequence
  }
}
