import type { AuditEntry, UnixMs } from '@driftlock/domain'
import { uniqueId } from '../unique-id.ts'
import type { CloudContext, CloudPorts } from './cloud-ports.ts'

/** What was done, beside who did it. */
export interface CloudAct
  extends Pick<AuditEntry, 'action' | 'username' | 'userId' | 'tokenSerial' | 'before' | 'after'> {
  readonly companyId?: string
  readonly outcome?: AuditEntry['outcome']
  readonly reason?: string
}

/** The audit record of an act. A company is what a security domain is to a manager, and is found in the log as one. */
export function cloudEntry(
  ports: Pick<CloudPorts, 'clock' | 'random'>,
  { actor, clientAddress, requestId }: Pick<CloudContext, 'actor' | 'clientAddress' | 'requestId'>,
  { companyId, outcome = 'success', reason = 'done', ...act }: CloudAct,
): AuditEntry {
  const at: UnixMs = ports.clock.now()
  return {
    id: uniqueId(ports),
    at,
    actor,
    outcome,
    reason,
    ...act,
    ...(companyId !== undefined && { securityDomainId: companyId }),
    ...(clientAddress !== undefined && { clientAddress }),
    ...(requestId !== undefined && { requestId }),
  }
}
