import type { UnixMs } from '@driftlock/domain'
import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { administer } from '../administration/unit-of-work.ts'
import type { AuditProof, CheckpointSigner } from '../ports/audit-proof.ts'
import { type PruneProgress, pruneAudit } from './prune-audit.ts'

export type AuditKeepingPorts = AdministrationPorts & {
  readonly proof: AuditProof
  readonly signer: CheckpointSigner
}

/**
 * Retention, asked for by an administrator or a job: `pruneAudit` with its right and its own audit record, which is written
 * before anything is let go. May be stopped and repeated.
 */
export async function* pruneAuditRecords(
  ports: AuditKeepingPorts,
  context: AdministrationContext,
  { before }: { readonly before: UnixMs },
): AsyncGenerator<PruneProgress> {
  const { administration, proof, signer, clock } = ports
  await administer(ports, { context, action: 'prune-audit' }, async (unit) => {
    await unit.authorise({ permission: 'prune-audit', securityDomainId: null })
    unit.audit({ action: 'prune-audit', after: { before } })
  })
  const { auditLog } = administration.read
  const writing: Parameters<typeof pruneAudit>[0]['auditLog'] = {
    heads: () => auditLog.heads(),
    links: (chainId, above, limit) => auditLog.links(chainId, above, limit),
    checkpoints: (chainId) => auditLog.checkpoints(chainId),
    lastSequenceBefore: (chainId, instant) => auditLog.lastSequenceBefore(chainId, instant),
    addCheckpoint: (checkpoint) => administration.transaction((tx) => tx.auditLog.addCheckpoint(checkpoint)),
    prune: (chainId, through, limit) => administration.transaction((tx) => tx.auditLog.prune(chainId, through, limit)),
  }
  yield* pruneAudit({ auditLog: writing, proof, signer, clock }, before)
}
