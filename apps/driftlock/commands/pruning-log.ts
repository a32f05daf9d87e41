import type { AdministrationStore, PrunePorts } from '@driftlock/application'

/** The audit log as pruning needs it: each step is a transaction of its own, so that log-ons never wait long. */
export function pruningLog({ read, transaction }: AdministrationStore): PrunePorts['auditLog'] {
  const { auditLog } = read
  return {
    heads: () => auditLog.heads(),
    links: (...given) => auditLog.links(...given),
    checkpoints: (chainId) => auditLog.checkpoints(chainId),
    lastSequenceBefore: (...given) => auditLog.lastSequenceBefore(...given),
    addCheckpoint: (checkpoint) => transaction((tx) => tx.auditLog.addCheckpoint(checkpoint)),
    prune: (...given) => transaction((tx) => tx.auditLog.prune(...given)),
  }
}
