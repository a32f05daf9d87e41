import { setTimeout as sleep } from 'node:timers/promises'
import { type HaPorts, synchroniseWhenDue, type SyncRun } from '@driftlock/application'
import { type Repetition, runEvery } from '@driftlock/system'
import type { Logger } from 'pino'

/** How often an instance asks itself whether a run is due and its to do. */
const LOOK_EVERY_MS = 5_000
/** A run that waits for the cloud does not keep an instance from its end: the next one goes on with it. */
const STOP_WITHIN_MS = 2_000

/** Keeps the records of the cloud up to date as long as the instance runs. */
export function synchronising(ports: HaPorts, logger: Logger): Repetition {
  let ends = false
  const task = runEvery({
    intervalMs: LOOK_EVERY_MS,
    run: async () => noteRun(logger, await synchroniseWhenDue(ports, () => ends)),
    onError: (error) => {
      if (!ends) logger.error({ err: error }, 'the records of the cloud were not synchronised')
    },
  })
  return {
    async stop() {
      ends = true
      await Promise.race([task.stop(), sleep(STOP_WITHIN_MS, undefined, { ref: false })])
    },
  }
}

function noteRun(logger: Logger, run: SyncRun | undefined): void {
  if (run === undefined) return
  const { kind, outcome, counts, errorCode, errorText } = run
  if (outcome === 'succeeded') logger.info({ kind, counts }, 'records of the cloud synchronised')
  else logger.warn({ kind, counts, errorCode, errorText }, 'records of the cloud were not synchronised')
}
