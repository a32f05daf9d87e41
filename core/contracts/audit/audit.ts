import { z } from 'zod'
import { activityChannel, activityRecord, outcome } from '../activity/activity.ts'
import { endpoint, needs } from '../endpoint.ts'
import { pageOf, pageQuery } from '../paging/page.ts'
import { commaSeparated, flag, id, instant, instantInQuery, text } from '../values.ts'

const filter = z.object({
  from: instantInQuery.optional(),
  before: instantInQuery.optional(),
  channel: activityChannel.optional(),
  userId: id.optional(),
  tokenSerial: text(64).optional(),
  agent: text(255).optional(),
  actorId: id.optional(),
  actions: commaSeparated.optional().describe('Names of actions, with commas between them'),
  outcome: outcome.optional(),
  reason: text(64).optional(),
  securityDomainId: id.optional().describe('This domain and everything below it'),
  chainId: id.optional(),
})

export const auditQuery = pageQuery.extend(filter.shape).extend({ oldestFirst: flag.optional() })

export const auditRecord = activityRecord.extend({ chainId: z.string(), sequence: z.int() }).meta({ id: 'AuditRecord' })

/** What verifying a chain found. `faults` empty = nothing was changed, moved, taken out, put in or cut off. */
export const auditVerification = z
  .object({
    verifiedAt: instant,
    intact: z.boolean(),
    chains: z.array(
      z.object({
        chainId: z.string(),
        records: z.int(),
        pruned: z.int(),
        lastSequence: z.int(),
        checkpoints: z.int(),
        faults: z.array(z.object({ sequence: z.int().nullable(), kind: z.string(), detail: z.string() })),
      }),
    ),
  })
  .meta({ id: 'AuditVerification' })

/** The list of what a record can name, for filters. */
export const auditVocabulary = z
  .object({
    actions: z.array(z.object({ action: z.string(), id: z.int(), text: z.string(), channel: activityChannel })),
    reasons: z.array(z.object({ reason: z.string(), text: z.string() })),
  })
  .meta({ id: 'AuditVocabulary' })

export const auditEndpoints = {
  searchAudit: endpoint({
    method: 'GET',
    path: '/api/v1/audit',
    summary: 'Search audit records, newest first',
    access: needs('view-audit'),
    query: auditQuery,
    response: pageOf(auditRecord),
  }),
  getAuditRecord: endpoint({
    method: 'GET',
    path: '/api/v1/audit/records/{recordId}',
    summary: 'One audit record',
    access: needs('view-audit'),
    params: z.object({ recordId: id }),
    response: auditRecord,
  }),
  getAuditVocabulary: endpoint({
    method: 'GET',
    path: '/api/v1/audit/vocabulary',
    summary: 'Every action and reason',
    access: needs('view-audit', 'view-activity'),
    response: auditVocabulary,
  }),
  verifyAudit: endpoint({
    method: 'POST',
    path: '/api/v1/audit/verify',
    summary: 'Prove that no record was changed, moved, taken out, put in or cut off',
    access: needs('view-audit'),
    response: auditVerification,
  }),
  exportAudit: endpoint({
    method: 'GET',
    path: '/api/v1/audit/export',
    summary: 'Audit records as JSON lines or CSV (cells harmless to spreadsheets)',
    access: needs('export-audit'),
    stream: 'download',
    query: filter.extend({ format: z.enum(['json-lines', 'csv']).default('json-lines') }),
    response: z.string(),
  }),
} as const

export type AuditQuery = z.input<typeof auditQuery>
export type AuditRecord = z.infer<typeof auditRecord>
export type AuditVerification = z.infer<typeof auditVerification>
export type AuditVocabulary = z.infer<typeof auditVocabulary>
