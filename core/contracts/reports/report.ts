import { z } from 'zod'
import { endpoint, needs } from '../endpoint.ts'
import { id, instant, instantInQuery, wholeNumber } from '../values.ts'

/** The most used reports. */
export const reportName = z
  .enum([
    'all-users',
    'users-with-tokens',
    'users-without-tokens',
    'expired-users',
    'locked-users',
    'user-aliases',
    'token-expiration',
    'software-tokens',
    'unassigned-tokens',
    'lost-tokens',
    'emergency-access',
    'pending-redistributions',
    'drifting-tokens',
    'authentication-activity',
    'administrator-activity',
  ])
  .meta({ id: 'ReportName' })

export const reportKind = z
  .object({
    name: reportName,
    title: z.string(),
    columns: z.array(z.string()),
  })
  .meta({ id: 'ReportKind' })

/** Every row has a text for each column; instants are written in UTC. */
export const report = z
  .object({
    name: reportName,
    title: z.string(),
    madeAt: instant,
    columns: z.array(z.string()),
    rows: z.array(z.array(z.string())),
    complete: z.boolean().describe('False when there are more rows than `limit`'),
  })
  .meta({ id: 'Report' })

const params = z.object({ name: reportName })
const query = z.object({
  securityDomainId: id.optional(),
  from: instantInQuery.optional(),
  before: instantInQuery.optional(),
  days: wholeNumber(1, 3660).optional().describe('How far ahead a report of what will end looks; 90 unless given'),
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
