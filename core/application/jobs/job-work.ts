import type { Permission } from '@driftlock/domain'
import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { authoriseAct } from '../administration/authorise-act.ts'
import { administer } from '../administration/unit-of-work.ts'
import { ApplicationError } from '../errors/application-error.ts'
import type { Job, JobStatus, OperationsStore } from '../ports/operations-store.ts'
import type { Page, PageRequest } from '../ports/page.ts'
import { uniqueId } from '../unique-id.ts'

export type JobPorts = AdministrationPorts & { readonly operations: OperationsStore }

/** Kinds of jobs, and what enqueuing and stopping one needs. Kinds are stored: never reuse a name. */
export const JOB_KINDS = {
  'rotate-keys': 'rotate-keys',
  'verify-audit': 'view-audit',
  'prune-audit': 'prune-audit',
  'discard-left-overs': 'back-up',
} as const satisfies Record<string, Permission>

export type JobKind = keyof typeof JOB_KINDS

export interface EnqueueJobRequest {
  readonly kind: JobKind
  /** No secrets: parameters are stored and shown. */
  readonly parameters?: unknown
}

/** Puts long work in the queue; any instance takes it up. */
export async function enqueueJob(
  ports: JobPorts,
  context: AdministrationContext,
  { kind, parameters = null }: EnqueueJobRequest,
): Promise<Job> {
  const job: Job = {
    id: uniqueId(ports),
    kind,
    status: 'queued',
    parameters,
    checkpoint: null,
    doneCount: 0,
    totalCount: null,
    result: null,
    errorCode: null,
    createdBy: context.actor.name,
    createdAt: ports.clock.now(),
    startedAt: null,
    finishedAt: null,
    cancelRequested: false,
  }
  await administer(ports, { context, action: 'run-job' }, async (unit) => {
    await unit.authorise({ permission: JOB_KINDS[kind], securityDomainId: null })
    unit.audit({ action: 'run-job', after: { id: job.id, kind, parameters } })
  })
  await ports.operations.jobs.enqueue(job)
  return job
}

/** Asks a job to stop at its next checkpoint. @throws ApplicationError `JOB_NOT_ACTIVE`, `NOT_FOUND`. */
export async function cancelJob(
  ports: JobPorts,
  context: AdministrationContext,
  { id }: { readonly id: string },
): Promise<void> {
  const job = await ports.operations.jobs.find(id)
  const permission = job === undefined ? 'rotate-keys' : permissionOf(job.kind)
  await administer(ports, { context, action: 'run-job' }, async (unit) => {
    await unit.authorise({ permission, securityDomainId: null })
    if (job === undefined) throw new ApplicationError('NOT_FOUND', { type: 'job', id })
    if (job.status !== 'queued' && job.status !== 'running')
      throw new ApplicationError('JOB_NOT_ACTIVE', { id, status: job.status })
    unit.audit({
      action: 'run-job',
      before: { id, kind: job.kind, status: job.status },
      after: { cancelRequested: true },
    })
  })
  await ports.operations.jobs.requestCancel(id)
}

/** Jobs, newest first. */
export async function listJobs(
  { administration: { read }, operations }: JobPorts,
  context: AdministrationContext,
  { kind, status, ...page }: PageRequest & { readonly kind?: JobKind; readonly status?: JobStatus },
): Promise<Page<Job>> {
  await authoriseAct(read, context, { permission: 'view-instances', securityDomainId: null })
  return operations.jobs.list({ ...(kind !== undefined && { kind }), ...(status !== undefined && { status }) }, page)
}

function permissionOf(kind: string): Permission {
  const known: Readonly<Record<string, Permission>> = JOB_KINDS
  return known[kind] ?? 'rotate-keys'
}
