import { z } from 'zod'
import { endpoint, needs } from '../endpoint.ts'
import { id, instant, instantInQuery, wholeNumber } from '../values.ts'

/** The dozen most used reports. */
export const reportName = z
  .enum([
    'all-users',
    'users-with-tokens',
    'locked-users',
    'expired-users',
    'user-aliases',
    'token-expiration',
    'software-tokens',
    'tokens-drifting',
    'tokens-unused',
    'emergency-access',
    'authentication-activity',
    'administrator-activity',
    'administrators',
    'agents',
    'radius-clients',
  ])
  .meta({ id: 'ReportName' })

export const reportKind = z
  .object({
    name: reportName,
    title: z.string(),
    text: z.string(),
    parameters: z.array(z.enum(['securityDomainId', 'from', 'before', 'days'])),
  })
  .meta({ id: 'ReportKind' })

/** Rows are arrays in the order of the columns; instants are numbers, `type` says how to show a cell. */
export const report = z
  .object({
    name: reportName,
    title: z.string(),
    madeAt: instant,
    columns: z.array(
      z.object({ key: z.string(), title: z.string(), type: z.enum(['text', 'instant', 'number', 'boolean']) }),
    ),
    rows: z.array(z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]))),
    complete: z.boolean().describe('False when there are more rows than `limit`'),
  })
  .meta({ id: 'Report' })

const params = z.object({ name: reportName })
const query = z.object({
  securityDomainId: id.optional(),
  from: instantInQuery.optional(),
  before: instantInQuery.optional(),
  days: wholeNumber(1, 3660).optional().describe('How far ahead or back; each report has its usual span'),
  limit: wholeNumber(1, 10_000).default(1000),
})
const access = needs('run-reports')

export const reportEndpoints = {
  listReports: endpoint({
    method: 'GET',
    path: '/api/v1/reports',
    summary: 'The reports there are',
    access,
    response: z.object({ items: z.array(reportKind) }),
  }),
  runReport: endpoint({
    method: 'GET',
    path: '/api/v1/reports/{name}',
    summary: 'Run a report',
    access,
    params,
    query,
    response: report,
  }),
  downloadReport: endpoint({
    method: 'GET',
    path: '/api/v1/reports/{name}/csv',
    summary: 'Run a report as CSV (cells harmless to spreadsheets)',
    access,
    stream: 'download',
    params,
    query,
    response: z.string(),
  }),
} as const

export type ReportName = z.infer<typeof reportName>
export type ReportKind = z.infer<typeof reportKind>
export type Report = z.infer<typeof report>
