import { signAuditChain, type SigningLog } from '@driftlock/keys'
import { type Cloud, CLOUD_CHAIN } from '../instance/open-cloud.ts'

/** Signs where the service's audit chain stands; several processes of one service sign the same chain. */
export function signCloudAudit({ cloud, dataKeys, clock }: Cloud, log: SigningLog): Promise<void> {
  const chain = { chainId: CLOUD_CHAIN, auditLog: cloud.read.auditLog, keys: dataKeys.ring, clock }
  return signAuditChain({ ...chain, write: (work) => cloud.transaction((tx) => work(tx.auditLog)) }, log)
}
