import { runNextJob } from '@driftlock/application'
import { type Repetition, runEvery } from '@driftlock/system'
import type { Instance } from '../instance/open-instance.ts'
import { jobRunners } from './job-runners.ts'

const LOOK_EVERY_MS = 2_000

/** Takes up waiting jobs one after the other. Stopping ends the one under way at its next piece; another instance goes on. */
export function takeUpJobs(instance: Instance, holder: string, onError: (error: unknown) => void): Repetition {
  const stopping = new AbortController()
  const { store, clock } = instance
  const ports = {
    operations: store.operations,
    clock,
    instanceId: holder,
    runners: jobRunners(instance),
    isStopping: () => stopping.signal.aborted,
  }
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted && (await runNextJob(ports)) !== undefined);
  }
  const task = runEvery({ intervalMs: LOOK_EVERY_MS, run, onError })
  return {
    stop() {
      stopping.abort()
      return task.stop()
    },
  }
}
