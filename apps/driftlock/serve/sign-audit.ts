import { signAuditChain } from '@driftlock/keys'
import type { Logger } from 'pino'
import type { Instance } from '../instance/open-instance.ts'

/** Signs where this instance's audit chain stands. */
export function signAudit({ store: { administration }, keys, clock, name }: Instance, logger: Logger): Promise<void> {
  const { auditLog } = administration.read
  const chain = { chainId: name, auditLog, keys, clock }
  return signAuditChain({ ...chain, write: (work) => administration.transaction((tx) => work(tx.auditLog)) }, logger)
}
