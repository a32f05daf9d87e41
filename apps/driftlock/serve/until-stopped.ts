import type { Logger } from 'pino'

/** A supervisor kills what has not ended ten seconds after it was asked to. */
const STOP_WITHIN_MS = 9_000

export interface Stoppable {
  stop(withinMs: number): Promise<void>
}

/** Resolves when SIGTERM or SIGINT has stopped the server; a second signal ends the process at once. */
export async function untilStopped(running: Stoppable, logger: Logger): Promise<void> {
  const signal = await new Promise<NodeJS.Signals>((resolve) => {
    for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, resolve)
  })
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => process.exit(1))
  logger.info({ signal }, 'stopping: finishing what was accepted')
  await running.stop(STOP_WITHIN_MS)
  logger.info('stopped')
}
