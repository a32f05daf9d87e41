import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

/** Starts the thread that keeps the write-ahead log short. @returns how to stop it. */
export function startCheckpoints(path: string): () => Promise<void> {
  const worker = new Worker(new URL('./checkpoint-worker.ts', import.meta.url), { workerData: { path } })
  worker.unref()
  const ended = once(worker, 'exit').catch(() => undefined)
  // A thread that dies is not worth the process: SQLite still copies the log when the last connection closes.
  worker.on('error', (error: Error) =>
    process.emitWarning(`The checkpoint thread of the database ended: ${error.message}`),
  )
  return async () => {
    worker.ref()
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    worker.postMessage('stop')
    await ended
  }
}
