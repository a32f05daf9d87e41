import type { Logger } from 'pino'

/** A supervisor kills what has not ended ten seconds after it was asked to; the rest is for the last records. */
const STOP_WITHIN_MS = 8_000
/** `npm start` passes on a Ctrl-C that the terminal has sent to the whole group: what comes so soon is the same wish. */
const SAME_WISH_MS = 1_000

export interface Stoppable {
  stop(withinMs: number): Promise<void>
}

/**
 * Listens for SIGTERM and SIGINT from now on. @returns the first of them. A second one, at least a second later, ends the
 * process at once.
 */
export function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let firstAtMs: number | undefined
    for (const name of ['SIGTERM', 'SIGINT'] as const) {
      process.on(name, () => {
        if (firstAtMs !== undefined && performance.now() - firstAtMs > SAME_WISH_MS) process.exit(1)
        firstAtMs ??= performance.now()
        resolve(name)
      })
    }
  })
}

/** Resolves when a signal has stopped the server. @param asked signals that were listened for while it started. */
export async function untilStopped(running: Stoppable, logger: Logger, asked = stopSignal()): Promise<void> {
  const signal = await asked
  logger.info({ signal }, 'stopping: finishing what was accepted')
  await running.stop(STOP_WITHIN_MS)
  logger.info('stopped')
}
