export interface RepeatedTask {
  readonly intervalMs: number
  readonly run: () => Promise<void>
  /** A failed run is reported here, and the next comes as usual. */
  readonly onError: (error: unknown) => void
}

export interface Repetition {
  /** No run begins after this; resolves when a running one has ended. */
  stop(): Promise<void>
}

/**
 * Runs a task at once and then again and again, `intervalMs` after the end of the run before: runs never overlap. Does not
 * keep the process alive.
 */
export function runEvery({ intervalMs, run, onError }: RepeatedTask): Repetition {
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  const once = async (): Promise<void> => {
    await run().catch(onError)
    if (!stopped) {
      timer = setTimeout(() => {
        running = once()
      }, intervalMs).unref()
    }
  }
  let running = once()
  return {
    stop: () => {
      stopped = true
      clearTimeout(timer)
      return running
    },
  }
}
