import { statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { StoreError } from '@driftlock/application'
import { Kysely, type SqliteDatabase, SqliteDialect } from 'kysely'
import type { Tables } from '../schema/tables.ts'
import { FairSqliteDialect } from './fair-dialect.ts'
import { isBusy } from './sqlite-error.ts'

/**
 * Log-ons read and write through the writer's cache; the reader's is emptied by every commit and serves one search.
 *
 * A split of a page lends its neighbours the number 262,145 for a moment, after which SQLite looks at every page it keeps for
 * any beyond the end of the file, at each commit and on the event loop: milliseconds for 32 MiB. A file that is larger than
 * that number of pages knows no such search; more than 8 MiB gained nothing there, since the system keeps the file's pages too.
 */
const WRITER_CACHE_KIB = 2_048
const WRITER_CACHE_OF_LARGE_KIB = 8_192
const LARGE_BYTES = 1024 ** 3
const READER_CACHE_KIB = 8_192
const READER_WAIT_MS = 2_000
const LONGEST_WAIT_MS = 30_000
/** A commit or a checkpoint holds the lock for milliseconds: log-ons ask often for so long, then seldom. */
const SHORT_HOLD_MS = 100
const ASK_OFTEN_MS = 2
const ASK_SELDOM_MS = 20

/**
 * The connection that writes. It never waits for a lock inside SQLite: that would stop the event loop that may have to
 * release it. Checkpoints are another thread's.
 */
export function openWriter(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: 0, enableForeignKeyConstraints: true })
  const cacheKib = statSync(path).size > LARGE_BYTES ? WRITER_CACHE_OF_LARGE_KIB : WRITER_CACHE_KIB
  database.exec(`PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -${cacheKib}`)
  return database
}

/** A connection that only reads; in WAL mode it waits for nobody but a recovery. */
export function openReader(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: READER_WAIT_MS, readOnly: true })
  database.exec(`PRAGMA cache_size = -${READER_CACHE_KIB}`)
  return database
}

/** Tries again while another process or the checkpoint holds the lock, without stopping the event loop. */
export async function retryWhileBusy(attempt: () => void): Promise<void> {
  const start = performance.now()
  for (let waitMs = 0.5; ; waitMs *= 2) {
    try {
      attempt()
      return
    } catch (error) {
      if (!isBusy(error)) throw error
      const waitedMs = performance.now() - start
      if (waitedMs > LONGEST_WAIT_MS) {
        throw new StoreError(
          'STORE_UNAVAILABLE',
          'Another process has held the write lock of the database for 30 seconds.',
          {
            cause: error,
          },
        )
      }
      waitMs = Math.min(waitMs, waitedMs < SHORT_HOLD_MS ? ASK_OFTEN_MS : ASK_SELDOM_MS)
      await sleep(waitMs)
    }
  }
}

const KEPT_STATEMENTS = 200

/** The slice of a driver that Kysely asks for, over `node:sqlite`; statements are kept, the oldest is dropped first. */
function kyselyDatabase(database: DatabaseSync): SqliteDatabase {
  const kept = new Map<string, ReturnType<SqliteDatabase['prepare']>>()
  return {
    close: () => database.close(),
    prepare(text) {
      const known = kept.get(text)
      if (known !== undefined) return known
      const statement = database.prepare(text)
      const bound = (values: readonly unknown[]) => values as (string | number | bigint | null | Uint8Array)[] // the row types allow no other
      const prepared = {
        reader: statement.columns().length > 0,
        all: (values: readonly unknown[]) => statement.all(...bound(values)),
        run: (values: readonly unknown[]) => statement.run(...bound(values)),
        iterate: (values: readonly unknown[]) => statement.iterate(...bound(values)),
      }
      const oldest = kept.size >= KEPT_STATEMENTS ? kept.keys().next().value : undefined
      if (oldest !== undefined) kept.delete(oldest)
      kept.set(text, prepared)
      return prepared
    },
  }
}

/** For the reading connection: many queries in a row let others have their turns. */
export function kyselyForReading(database: DatabaseSync): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new FairSqliteDialect({ database: kyselyDatabase(database) }) })
}

export function kyselyOver(database: DatabaseSync): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database: kyselyDatabase(database) }) })
}
