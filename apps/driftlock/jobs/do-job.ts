import { setTimeout as sleep } from 'node:timers/promises'
import { type Job, type JobRunner, runNextJob } from '@driftlock/application'
import type { Instance } from '../instance/open-instance.ts'

export interface JobToDo {
  readonly id: string
  readonly kind: string
  readonly runner: JobRunner
  /** Names this process among those that take up jobs. */
  readonly holder: string
  readonly onStep: (job: Job) => void
}

const LOOK_EVERY_MS = 500

/** Does a job in this process, or waits for the instance that was faster. @returns the job as it ended. */
export async function doJob({ store, clock }: Instance, { id, kind, runner, holder, onStep }: JobToDo): Promise<Job> {
  const { operations } = store
  const watched: JobRunner = async function* (job) {
    const steps = runner(job)
    for (let step = await steps.next(); ; step = await steps.next()) {
      if (step.done === true) return step.value
      if (job.id === id) onStep({ ...job, ...step.value })
      yield step.value
    }
  }
  for (;;) {
    await runNextJob({ operations, clock, instanceId: holder, runners: { [kind]: watched } })
    const job = await operations.jobs.find(id)
    if (job === undefined) throw new Error(`Job ${id} is not there any more.`)
    if (job.finishedAt !== null) return job
    onStep(job)
    await sleep(LOOK_EVERY_MS)
  }
}
