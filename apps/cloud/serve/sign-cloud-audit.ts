import { signAuditChain, type SignedChain, type SigningLog } from '@driftlock/keys'
import { type Cloud, CLOUD_CHAIN } from '../instance/open-cloud.ts'

/** Signs where the service's audit chain stands; several processes of one service sign the same chain. */
export function signCloudAudit(service: Cloud, log: SigningLog, isTimeUp: () => boolean): Promise<void> {
  const { cloud, dataKeys, clock } = service
  const chain = {
    chainId: CLOUD_CHAIN,
    auditLog: cloud.read.auditLog,
    write: (work: Parameters<SignedChain['write']>[0]) => cloud.transaction((tx) => work(tx.auditLog)),
    keys: dataKeys.ring,
    clock,
  }
  return signAuditChain(chain, log, isTimeUp)
}
