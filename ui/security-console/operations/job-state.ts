import type { Job } from '@driftlock/contracts'

export function hasEnded(job: Job): boolean {
  return job.status !== 'queued' && job.status !== 'running'
}
