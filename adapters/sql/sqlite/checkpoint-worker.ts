import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import { LogRoom } from './log-room.ts'

/**
 * Copies the write-ahead log into the database beside the event loop, so that no commit has to. PASSIVE disturbs nobody, but
 * under load the log never comes to an end and goes on growing: when it has grown large, FULL holds the writer up for the
 * little that PASSIVE left, and the next commit begins at the start of the file. (RESTART would make sure of that, but sleeps
 * with the writer's lock in its hand while anybody reads.) The file keeps its length: writing over blocks that are there costs
 * less than adding some.
 */
const COPY_ABOVE_BYTES = 16 * 1024 * 1024
const FULL_ABOVE_BYTES = 96 * 1024 * 1024
/** What only an import or a long report leaves: given back to the disk. */
const SHORTEN_ABOVE_BYTES = 512 * 1024 * 1024
const LOOK_EVERY_MS = 200
/** Beyond where the log is begun anew, since it goes on growing until the next look. */
const LONGEST_BYTES = FULL_ABOVE_BYTES + 32 * 1024 * 1024
/** The log is made this many times as long as what is in it: a short command's costs little, a busy instance's grows soon. */
const ROOM_FACTOR = 4

const { path } = workerData as { readonly path: string } // given by checkpoints.ts
const database = new DatabaseSync(path, { timeout: 50 })
const { page_size: pageBytes } = database.prepare('PRAGMA page_size').get() as { page_size: number } // one row, always there
const room = new LogRoom(database, path)

/** What the pragma answers: frames in the log, and how many of them the database has. */
interface LogState {
  readonly log: number
  readonly checkpointed: number
}

/** `NOOP` only looks. */
function checkpoint(mode: 'NOOP' | 'PASSIVE' | 'FULL' | 'TRUNCATE'): LogState {
  return database.prepare(`PRAGMA wal_checkpoint(${mode})`).get() as unknown as LogState // one row of these columns
}

function keepShort({ log, checkpointed }: LogState): void {
  if ((log - checkpointed) * pageBytes > COPY_ABOVE_BYTES) checkpoint('PASSIVE')
  if (log * pageBytes < FULL_ABOVE_BYTES) return
  checkpoint('PASSIVE')
  checkpoint(log * pageBytes < SHORTEN_ABOVE_BYTES ? 'FULL' : 'TRUNCATE')
}

function attempt(work: () => void): void {
  try {
    work()
  } catch {
    // Busy, or no room: the log stays as it is, nothing is lost, and the next look tries again.
  }
}

function look(): void {
  attempt(() => {
    const state = checkpoint('NOOP')
    attempt(() => room.makeUpTo(Math.min(state.log * pageBytes * ROOM_FACTOR, LONGEST_BYTES)))
    keepShort(state)
  })
}

const timer = setInterval(look, LOOK_EVERY_MS)
parentPort?.once('message', () => {
  clearInterval(timer)
  database.close()
})
