import { ApplicationError, authoriseAct, cancelJob, type Clock, type Job as StoredJob } from '@driftlock/application'
import { type Job, jobEndpoints as e } from '@driftlock/contracts'
import { MS_PER_SECOND, type UnixMs } from '@driftlock/domain'
import { type EventStream, eventStream } from '../api/event-stream.ts'
import { ANSWERED, type Call, route, type RoutesOf } from '../api/route.ts'
import { defined } from '../views/defined.ts'
import type { ActivityServices } from './activity-routes.ts'
import { IMPORT_JOB, type ImportJobs } from './import-jobs.ts'

const LOOK_EVERY_MS = 500

export interface JobServices extends ActivityServices {
  readonly imports: ImportJobs
}

/** Jobs with their progress. Whoever imports sees imports; the other kinds are for those who see instances. */
export function jobRoutes(services: JobServices): RoutesOf<typeof e> {
  const { administration, operations, imports, sessions, clock } = services
  const { read } = administration
  const find = async (id: string): Promise<StoredJob | undefined> =>
    imports.running(id) ?? (await operations.jobs.find(id))
  const visible = async ({ params, context }: Pick<Call<typeof e.getJob>, 'params' | 'context'>) => {
    const job = await find(params.jobId)
    const isImport = job?.kind === IMPORT_JOB
    if (!isImport || job.createdBy !== context.actor.name)
      await authoriseAct(read, context, { permission: 'view-instances', securityDomainId: null })
    if (job === undefined) throw new ApplicationError('NOT_FOUND', { type: 'job', id: params.jobId })
    return job
  }
  return {
    listJobs: route(e.listJobs, async ({ query, context }) => {
      await authoriseAct(read, context, { permission: 'view-instances', securityDomainId: null })
      const { limit, after, kind, status } = query
      const page = await operations.jobs.list(defined({ kind, status }), { limit, ...defined({ after }) })
      return { ...page, items: page.items.map((job) => jobView(imports.running(job.id) ?? job, clock.now())) }
    }),
    getJob: route(e.getJob, async (call) => jobView(await visible(call), clock.now())),
    watchJob: route(e.watchJob, async (call) => {
      const first = await visible(call)
      const session = call.caller.type === 'administrator' ? call.caller.session : undefined
      const stream = eventStream(call.reply, async () => session === undefined || sessions.isLive(session))
      follow(stream, { first, find: () => find(first.id), clock })
      return ANSWERED
    }),
    cancelJob: route(e.cancelJob, async (call) => {
      const job = await visible(call)
      if (job.kind === IMPORT_JOB) imports.cancel(job.id)
      else await cancelJob(services, call.context, { id: job.id })
      return jobView((await find(job.id)) ?? job, clock.now())
    }),
  }
}

interface Followed {
  readonly first: StoredJob
  readonly find: () => Promise<StoredJob | undefined>
  readonly clock: Clock
}

/** Tells a stream of every change of a job until it has ended. */
function follow(stream: EventStream, { first, find, clock }: Followed): void {
  let last = ''
  const tell = (job: StoredJob): void => {
    const data = jobView(job, clock.now())
    const text = JSON.stringify([data.status, data.doneCount, data.totalCount])
    if (text !== last) stream.send({ event: 'job', data })
    last = text
    if (job.finishedAt !== null) stream.end()
  }
  tell(first)
  const timer = setInterval(() => {
    find().then(
      (job) => (job === undefined ? stream.end() : tell(job)),
      () => stream.end(),
    )
  }, LOOK_EVERY_MS)
  void stream.closed.then(() => clearInterval(timer))
}

/** A job as it is shown, with how fast it goes and how long it will take. */
export function jobView(job: StoredJob, now: UnixMs): Job {
  const { id, kind, status, doneCount, totalCount, result, createdBy, createdAt, startedAt, finishedAt } = job
  const seconds = startedAt === null ? 0 : ((finishedAt ?? now) - startedAt) / MS_PER_SECOND
  const ratePerSecond = seconds > 0 ? doneCount / seconds : null
  const left =
    totalCount === null || !ratePerSecond || finishedAt !== null ? null : (totalCount - doneCount) / ratePerSecond
  return {
    id,
    kind,
    status,
    doneCount,
    totalCount,
    createdBy,
    createdAt,
    startedAt,
    finishedAt,
    ratePerSecond,
    secondsLeft: left === null ? null : Math.max(0, left),
    result: result ?? null,
    error: job.errorCode === null ? null : { code: job.errorCode, detail: `The job ended with ${job.errorCode}.` },
    cancelRequested: job.cancelRequested,
  }
}
