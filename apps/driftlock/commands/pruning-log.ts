import type { AdministrationStore, PrunePorts } from '@driftlock/application'

/** The audit log as pruning needs it: each step is a transaction of its own, so that log-ons never wait long. */
export function pruningLog(store: AdministrationStore): PrunePorts['auditLog'] {
  const { auditLog } = store.read
  return {
    heads: () => auditLog.heads(),
    links: (...given) => auditLog.links(...given),
    checkpoints: (chainId) => auditLog.checkpoints(chainId),
    lastSequenceBefore: (...given) => auditLog.lastSequenceBefore(...given),
    addCheckpoint: (checkpoint) => store.transaction((tx) => tx.auditLog.addCheckpoint(checkpoint)),
    prune: (...given) => store.transaction((tx) => tx.auditLog.prune(...given)),
  }
}
