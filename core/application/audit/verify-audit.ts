import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { authoriseAct } from '../administration/authorise-act.ts'
import type { AuditEntry } from '@driftlock/domain'
import type { ChainHead } from '../ports/audit-chain.ts'
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
  request: VerifyAuditRequest = {},
): AsyncGenerator<ChainReport> {
  await authoriseAct(read, context, { permission: 'view-audit', securityDomainId: null })
  yield* verifyChains(read.auditLog, proof, request)
}

/** The same of whatever log, for who may look at it anyway. */
export async function* verifyChains(
  auditLog: AuditQueries,
  proof: AuditProof,
  { keptCheckpoints = [], onRecord }: VerifyAuditRequest = {},
): AsyncGenerator<ChainReport> {
  const chainIds = new Set([...(await auditLog.chainIds()), ...keptCheckpoints.map(({ chainId }) => chainId)])
  for (const chainId of chainIds) {
    const kept = keptCheckpoints.filter((one) => one.chainId === chainId)
    const checkpoints = [...(await auditLog.checkpoints(chainId)), ...kept]
    const chain = new GrowingChain(auditLog, chainId)
    const source = {
      chainId,
      links: chain.links(),
      checkpoints,
      head: () => chain.head,
      columnsOf: (entry: AuditEntry) => auditLog.columnsOf(entry),
    }
    yield await verifyChain(proof, source, (sequence) => onRecord?.(chainId, sequence))
  }
}

/** A chain that others may be writing to: read on until its last link is the one that its head names. */
class GrowingChain {
  readonly #auditLog: AuditQueries
  readonly #chainId: string
  #head: ChainHead | undefined

  constructor(auditLog: AuditQueries, chainId: string) {
    this.#auditLog = auditLog
    this.#chainId = chainId
  }

  /** As it was read after the last link. */
  get head(): ChainHead | undefined {
    return this.#head
  }

  async *links(): AsyncGenerator<AuditLink> {
    for (let above = 0; ; ) {
      // First the head: whatever it names is there when the links are read.
      this.#head = (await this.#auditLog.heads()).find(({ chainId }) => chainId === this.#chainId)
      const links = await this.#auditLog.links(this.#chainId, above, PAGE)
      yield* links
      const last = links.at(-1)
      if (last !== undefined) above = last.sequence
      if (links.length < PAGE && above <= (this.#head?.sequence ?? 0)) return
      if (last === undefined) return
    }
  }
}
