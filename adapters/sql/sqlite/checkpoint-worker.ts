import { statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'

/**
 * Copies the write-ahead log into the database beside the event loop, so that no commit has to. PASSIVE disturbs nobody
 * but never shortens the file; TRUNCATE shortens it and is tried when it has grown large.
 */
const PASSIVE_ABOVE_BYTES = 16 * 1024 * 1024
const TRUNCATE_ABOVE_BYTES = 128 * 1024 * 1024
const LOOK_EVERY_MS = 200

const { path } = workerData as { readonly path: string } // given by checkpoints.ts
const database = new DatabaseSync(path, { timeout: 50 })

function logBytes(): number {
  return statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0
}

function look(): void {
  const size = logBytes()
  if (size < PASSIVE_ABOVE_BYTES) return
  try {
    if (size > TRUNCATE_ABOVE_BYTES) database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    else database.exec('PRAGMA wal_checkpoint(PASSIVE)')
  } catch {
    // Busy, or no room: the log stays as it is, nothing is lost, and the next look tries again.
  }
}

const timer = setInterval(look, LOOK_EVERY_MS)
parentPort?.once('message', () => {
  clearInterval(timer)
  database.close()
})
