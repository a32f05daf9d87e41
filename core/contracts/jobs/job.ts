import { z } from 'zod'
import { endpoint, needs } from '../endpoint.ts'
import { pageOf, pageQuery } from '../paging/page.ts'
import { id, instant, text } from '../values.ts'

export const jobStatus = z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled']).meta({ id: 'JobStatus' })

/** Long work with progress. `result` depends on the kind (an import's is ImportResult). */
export const job = z
  .object({
    id,
    kind: z.string(),
    status: jobStatus,
    doneCount: z.int(),
    totalCount: z.int().nullable().describe('null = not known'),
    ratePerSecond: z.number().nullable(),
    secondsLeft: z.number().nullable(),
    result: z.unknown(),
    error: z.object({ code: z.string(), detail: z.string() }).nullable(),
    createdBy: z.string(),
    createdAt: instant,
    startedAt: instant.nullable(),
    finishedAt: instant.nullable(),
    cancelRequested: z.boolean(),
  })
  .meta({ id: 'Job' })

const params = z.object({ jobId: id })
/** Whoever may start a kind of job may see jobs; the use case narrows to what the caller may do. */
const access = needs('import-tokens', 'view-instances')

export const jobEndpoints = {
  listJobs: endpoint({
    method: 'GET',
    path: '/api/v1/jobs',
    summary: 'Jobs, newest first',
    access,
    query: pageQuery.extend({ kind: text(64).optional(), status: jobStatus.optional() }),
    response: pageOf(job),
  }),
  getJob: endpoint({ method: 'GET', path: '/api/v1/jobs/{jobId}', summary: 'One job', access, params, response: job }),
  watchJob: endpoint({
    method: 'GET',
    path: '/api/v1/jobs/{jobId}/events',
    summary: 'Progress as server-sent events: `event: job` with a Job as data, until it has ended',
    access,
    stream: 'events',
    params,
    response: job,
  }),
  cancelJob: endpoint({
    method: 'POST',
    path: '/api/v1/jobs/{jobId}/cancel',
    summary: 'Ask a job to stop',
    access,
    params,
    response: job,
  }),
} as const

export type Job = z.infer<typeof job>
export type JobStatus = z.infer<typeof jobStatus>
