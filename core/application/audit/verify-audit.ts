import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { authoriseAct } from '../administration/authorise-act.ts'
import type { AuditProof } from '../ports/audit-proof.ts'
import type { AuditLink, AuditQueries, ChainCheckpoint } from '../ports/audit-store.ts'
import { type ChainReport, verifyChain } from './verify-chain.ts'

export interface VerifyAuditRequest {
  /** Checkpoints kept outside the database (logs, backups): they show a truncation that the database hides. */
  readonly keptCheckpoints?: readonly ChainCheckpoint[]
  readonly onRecord?: (chainId: string, sequence: number) => void
}

const PAGE = 1000

/** Proves every chain of the audit log; a report names the first record that is not as it was written. */
export async function* verifyAudit(
  { administration: { read }, proof }: AdministrationPorts & { readonly proof: AuditProof },
  context: AdministrationContext,
  { keptCheckpoints = [], onRecord }: VerifyAuditRequest = {},
): AsyncGenerator<ChainReport> {
  await authoriseAct(read, context, { permission: 'view-audit', securityDomainId: null })
  const { auditLog } = read
  const heads = await auditLog.heads()
  const chainIds = new Set([...heads, ...keptCheckpoints].map(({ chainId }) => chainId))
  for (const chainId of chainIds) {
    const kept = keptCheckpoints.filter((one) => one.chainId === chainId)
    const source = {
      chainId,
      links: linksOf(auditLog, chainId),
      checkpoints: [...(await auditLog.checkpoints(chainId)), ...kept],
      head: heads.find((head) => head.chainId === chainId),
    }
    yield await verifyChain(proof, source, (sequence) => onRecord?.(chainId, sequence))
  }
}

async function* linksOf(auditLog: AuditQueries, chainId: string): AsyncGenerator<AuditLink> {
  for (let above = 0; ; ) {
    const links = await auditLog.links(chainId, above, PAGE)
    yield* links
    const last = links.at(-1)
    if (last === undefined || links.length < PAGE) return
    above = last.sequence
  }
}
