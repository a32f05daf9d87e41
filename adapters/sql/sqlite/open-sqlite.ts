import { chmodSync, closeSync, existsSync, openSync } from 'node:fs'
import { backup, type DatabaseSync } from 'node:sqlite'
import { type AuditChain, StoreError } from '@driftlock/application'
import type { Engine, Queries } from '../engine.ts'
import type { HotEngine } from '../hot/batched-authentication-store.ts'
import { inWordsOf } from '../schema/column-types.ts'
import { applyMigrations, refuseNewer, type SchemaConnection, schemaVersion, VERSION_TABLE } from '../schema/migrate.ts'
import type { Migration } from '../schema/migration.ts'
import { startCheckpoints } from './checkpoints.ts'
import { LogSync } from './log-sync.ts'
import { kyselyForReading, kyselyOver, openReader, openWriter, retryWhileBusy } from './sqlite-connection.ts'
import { isBusy, translateSqliteError } from './sqlite-error.ts'
import { SqliteCommit, SqliteLookup } from './sqlite-hot-path.ts'
import { WriteLock } from './write-lock.ts'

export interface SqliteOptions {
  readonly path: string
  readonly auditChain: AuditChain
  readonly migrations: readonly Migration[]
}

function schemaConnection(database: DatabaseSync): SchemaConnection {
  return {
    engine: 'sqlite',
    execute: async (statement) => database.exec(statement),
    number: async (statement) => Number(Object.values(database.prepare(statement).get() ?? {})[0] ?? 0),
  }
}

function rollBack(database: DatabaseSync): void {
  if (database.isTransaction) database.exec('ROLLBACK')
}

/** Brings the schema up to date; an existing older database is first copied beside itself. */
async function migrate(database: DatabaseSync, { path, migrations }: SqliteOptions): Promise<void> {
  const connection = schemaConnection(database)
  await retryWhileBusy(() => database.exec(inWordsOf('sqlite', VERSION_TABLE)))
  const stored = await schemaVersion(connection, migrations)
  refuseNewer(stored, migrations.length)
  if (stored === migrations.length) return
  const copy = `${path}.before-schema-${migrations.length}`
  if (stored > 0 && !existsSync(copy)) {
    database.prepare('VACUUM INTO ?').run(copy)
    chmodSync(copy, 0o600)
  }
  await retryWhileBusy(() => database.exec('BEGIN IMMEDIATE'))
  try {
    await applyMigrations(connection, migrations, Date.now())
    database.exec('COMMIT')
  } catch (error) {
    rollBack(database)
    throw error
  }
}

/** Made by us, so that nobody else may read it from the first moment; its log and index inherit the mode. */
function makePrivateFile(path: string): void {
  try {
    closeSync(openSync(path, 'a', 0o600))
  } catch (cause) {
    const text = `The database file ${path} cannot be opened: check that its folder exists and both may be written.`
    throw new StoreError('STORE_UNAVAILABLE', text, { cause })
  }
}

async function prepareFile(options: SqliteOptions): Promise<DatabaseSync> {
  makePrivateFile(options.path)
  const database = openWriter(options.path)
  try {
    await retryWhileBusy(() => database.exec('PRAGMA journal_mode = WAL'))
    await migrate(database, options)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/**
 * One write transaction at a time in this process; other processes are waited for without stopping the event loop.
 * `later`: the caller has the log synced before it tells anybody of the commit; SQLite need not.
 */
function transactions(database: DatabaseSync, lock: WriteLock) {
  return <T>(work: () => T | Promise<T>, synced: 'at once' | 'later' = 'at once'): Promise<T> =>
    lock.run(async () => {
      try {
        if (synced === 'later') database.exec('PRAGMA synchronous = NORMAL')
        await retryWhileBusy(() => database.exec('BEGIN IMMEDIATE'))
        const result = await work()
        database.exec('COMMIT')
        return result
      } catch (error) {
        rollBack(database)
        throw translateSqliteError(error)
      } finally {
        if (synced === 'later') database.exec('PRAGMA synchronous = FULL')
      }
    })
}

interface HotPathParts {
  readonly reader: DatabaseSync
  readonly writer: DatabaseSync
  readonly log: LogSync
  readonly inTransaction: ReturnType<typeof transactions>
  readonly chain: AuditChain
}

/**
 * Statements are prepared with the first login: a database of an older schema may not have their tables. Look-ups go through
 * the writing connection, whose page cache outlives its own commits (every commit empties the reader's), except while a
 * transaction is open on it, whose changes nobody may see yet.
 */
function hotPath({ reader, writer, log, inTransaction, chain }: HotPathParts): HotEngine {
  let lookups: SqliteLookup | undefined
  let lookupsAside: SqliteLookup | undefined
  let commits: SqliteCommit | undefined
  const aside = (names: readonly string[]) => (lookupsAside ??= new SqliteLookup(reader)).lookup(names)
  const find = (names: readonly string[]) => {
    if (writer.isTransaction) return aside(names)
    try {
      return (lookups ??= new SqliteLookup(writer)).lookup(names)
    } catch (error) {
      if (!isBusy(error)) throw error
      return aside(names) // another process repairs or closes the database: the reader waits for it
    }
  }
  return {
    async lookup(names) {
      try {
        return find(names)
      } catch (error) {
        throw translateSqliteError(error)
      }
    },
    commit(jobs) {
      log.requireSound()
      return inTransaction(() => (commits ??= new SqliteCommit(writer, chain)).commit(jobs), 'later')
    },
    keep: () => log.sync(),
  }
}

const PAGES_AT_ONCE = 500

/** Copies page by page, so that logins go on meanwhile; the copy is readable by its owner alone. */
async function copyTo(database: DatabaseSync, path: string): Promise<void> {
  closeSync(openSync(path, 'wx', 0o600))
  await backup(database, path, { rate: PAGES_AT_ONCE })
}

/**
 * Opens (or makes) a SQLite store. @throws StoreError `STORE_NEWER`, `STORE_CORRUPT`, `STORE_UNAVAILABLE`.
 */
export async function openSqlite(options: SqliteOptions): Promise<Engine> {
  let writer: DatabaseSync
  try {
    writer = await prepareFile(options)
  } catch (error) {
    throw translateSqliteError(error)
  }
  const reader = openReader(options.path)
  const log = new LogSync(options.path)
  const stopCheckpoints = startCheckpoints(options.path)
  const lock = new WriteLock()
  const inTransaction = transactions(writer, lock)
  const writerQueries: Queries = kyselyOver(writer)
  return {
    kind: 'sqlite',
    reader: kyselyForReading(reader),
    hot: hotPath({ reader, writer, log, inTransaction, chain: options.auditChain }),
    write: (work) => inTransaction(() => work(writerQueries)),
    translate: translateSqliteError,
    analyse: () => lock.run(async () => retryWhileBusy(() => writer.exec('PRAGMA analysis_limit = 1000; ANALYZE'))),
    backUpTo: (path) => copyTo(reader, path),
    async close() {
      await stopCheckpoints()
      await lock.run(async () => {
        log.close()
        reader.close()
        writer.close()
      })
    },
  }
}
