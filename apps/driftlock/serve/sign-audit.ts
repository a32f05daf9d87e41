import { signAuditChain, type SignedChain } from '@driftlock/keys'
import type { Logger } from 'pino'
import type { Instance } from '../instance/open-instance.ts'

/** Signs where this instance's audit chain stands. */
export function signAudit(instance: Instance, logger: Logger, isTimeUp: () => boolean): Promise<void> {
  const { store, keys, clock, name } = instance
  const { administration } = store
  const chain = {
    chainId: name,
    auditLog: administration.read.auditLog,
    write: (work: Parameters<SignedChain['write']>[0]) => administration.transaction((tx) => work(tx.auditLog)),
    keys,
    clock,
  }
  return signAuditChain(chain, logger, isTimeUp)
}
