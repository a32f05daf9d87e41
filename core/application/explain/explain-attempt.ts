import { explainTrace } from '@driftlock/domain'
import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { authoriseAct } from '../administration/authorise-act.ts'
import { ApplicationError } from '../errors/application-error.ts'
import type { AuditRecord } from '../ports/audit-store.ts'

/** A kept log-on attempt in words; the first sentence is the answer. Empty for records without a trace. */
export interface ExplainedAttempt {
  readonly record: AuditRecord
  readonly sentences: readonly string[]
}

/** What the audit record of a log-on means, for the help desk. @throws ApplicationError `NOT_FOUND`. */
export async function explainAttempt(
  { administration: { read } }: AdministrationPorts,
  context: AdministrationContext,
  request: { readonly recordId: string },
): Promise<ExplainedAttempt> {
  const record = await read.auditLog.find(request.recordId)
  const securityDomainId = record?.entry.securityDomainId ?? null
  await authoriseAct(read, context, { permission: 'view-activity', securityDomainId })
  if (record === undefined) throw new ApplicationError('NOT_FOUND', { type: 'audit-record', id: request.recordId })
  const { trace } = record.entry
  return { record, sentences: trace === undefined ? [] : explainTrace(trace) }
}
