import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'

/**
 * Copies the write-ahead log into the database beside the event loop, so that no commit has to. PASSIVE disturbs nobody, but
 * under load the log never comes to an end and goes on growing: when it has grown large, RESTART holds the writer up for the
 * little that PASSIVE left, and the next commit begins at the start of the file. The file keeps its length: writing over
 * blocks that are there costs less than adding some.
 */
const COPY_ABOVE_BYTES = 16 * 1024 * 1024
const RESTART_ABOVE_BYTES = 96 * 1024 * 1024
/** What only an import or a long report leaves: given back to the disk. */
const SHORTEN_ABOVE_BYTES = 512 * 1024 * 1024
const LOOK_EVERY_MS = 200

const { path } = workerData as { readonly path: string } // given by checkpoints.ts
const database = new DatabaseSync(path, { timeout: 50 })
const { page_size: pageBytes } = database.prepare('PRAGMA page_size').get() as { page_size: number } // one row, always there

/** What the pragma answers: frames in the log, and how many of them the database has. */
interface LogState {
  readonly log: number
  readonly checkpointed: number
}

/** `NOOP` only looks. */
function checkpoint(mode: 'NOOP' | 'PASSIVE' | 'RESTART' | 'TRUNCATE'): LogState {
  return database.prepare(`PRAGMA wal_checkpoint(${mode})`).get() as unknown as LogState // one row of these columns
}

function look(): void {
  try {
    const { log, checkpointed } = checkpoint('NOOP')
    if ((log - checkpointed) * pageBytes > COPY_ABOVE_BYTES) checkpoint('PASSIVE')
    if (log * pageBytes < RESTART_ABOVE_BYTES) return
    checkpoint('PASSIVE')
    checkpoint(log * pageBytes < SHORTEN_ABOVE_BYTES ? 'RESTART' : 'TRUNCATE')
  } catch {
    // Busy, or no room: the log stays as it is, nothing is lost, and the next look tries again.
  }
}

const timer = setInterval(look, LOOK_EVERY_MS)
parentPort?.once('message', () => {
  clearInterval(timer)
  database.close()
})
