import { addMs, MS_PER_SECOND } from '@driftlock/domain'
import type { Clock } from '../ports/clock.ts'
import type { Job, JobStatus, LeaseClaim, OperationsStore } from '../ports/operations-store.ts'

/** How a job stands after a piece of work. */
export interface JobStep {
  /** From where another instance could go on. */
  readonly checkpoint: unknown
  readonly doneCount: number
  readonly totalCount: number | null
}

/** Does one kind of job in pieces, from a checkpoint (null = from the start). Its return value is the job's result. */
export type JobRunner = (job: Job) => AsyncGenerator<JobStep, unknown>

export interface JobRunnerPorts {
  readonly operations: OperationsStore
  readonly clock: Clock
  /** The instance that runs jobs. */
  readonly instanceId: string
  readonly runners: Readonly<Partial<Record<string, JobRunner>>>
  /** Asked after each piece: true = leave the job to others, who go on from its checkpoint. */
  readonly isStopping?: () => boolean
}

/** A holder that reports nothing for so long is taken for dead; pieces of work must be far shorter. */
export const JOB_LEASE_MS = 60 * MS_PER_SECOND

/**
 * Takes the oldest waiting job, or one whose holder died, and works at it to the end, reporting after each piece. A job that was
 * taken away meanwhile is left alone; one that failed keeps its checkpoint.
 * @returns the job as it ended; undefined = nothing waits.
 */
export async function runNextJob(ports: JobRunnerPorts): Promise<Job | undefined> {
  const { operations, runners } = ports
  const job = await operations.jobs.claim({ ...claimOf(ports), kinds: Object.keys(runners) })
  const runner = job && runners[job.kind]
  if (job === undefined || runner === undefined) return undefined
  try {
    return await work(ports, job, runner(job))
  } catch (error) {
    return finish(ports, (await operations.jobs.find(job.id)) ?? job, { status: 'failed', errorCode: codeOf(error) })
  }
}

async function work(ports: JobRunnerPorts, job: Job, steps: ReturnType<JobRunner>): Promise<Job> {
  const { jobs } = ports.operations
  let current = job
  for (let step = await steps.next(); ; step = await steps.next()) {
    if (step.done === true) return finish(ports, current, { status: 'succeeded', result: step.value ?? null })
    current = afterStep(current, step.value)
    const isLeft = ports.isStopping?.() === true
    const mine = await jobs.report(current, isLeft ? released(ports) : claimOf(ports))
    const cancelled = (await jobs.find(job.id))?.cancelRequested === true
    if (mine && !cancelled && !isLeft) continue
    await steps.return(undefined)
    return mine && cancelled ? finish(ports, current, { status: 'cancelled' }) : current
  }
}

function afterStep(job: Job, step: JobStep): Job {
  return { ...job, ...step, status: 'running' }
}

interface Ending {
  readonly status: JobStatus
  readonly result?: unknown
  readonly errorCode?: string
}

async function finish(ports: JobRunnerPorts, job: Job, ending: Ending): Promise<Job> {
  const ended: Job = { ...job, ...ending, finishedAt: ports.clock.now() }
  await ports.operations.jobs.report(ended, claimOf(ports))
  return ended
}

function claimOf({ clock, instanceId: holder }: JobRunnerPorts): LeaseClaim {
  const now = clock.now()
  return { holder, now, until: addMs(now, JOB_LEASE_MS) }
}

/** Anybody may take the job up at once. */
function released(ports: JobRunnerPorts): LeaseClaim {
  const { holder, now } = claimOf(ports)
  return { holder, now, until: addMs(now, -1) }
}

/** A code is what a job keeps of an error: texts may name what the list of jobs must not. */
function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : 'UNEXPECTED'
}
