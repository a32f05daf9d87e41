import { DatabaseSync } from 'node:sqlite'
import { openRawDatabase } from '../../../adapters/sql/testing/raw-database.ts'

/** A database that is filled at full speed, by statements in the words of both engines: nothing has to outlive a power cut. */
export interface GrowingDatabase {
  execute(statement: string): Promise<void>
  /** In place of a table: its column `i` counts from 1. */
  numbers(upTo: number): string
  /** Twelve hexadecimal digits of a number. */
  hexadecimal(number: string): string
  emptyBytes(length: number): string
  /** Drops the indexes of a table while `work` fills it, and makes them again. */
  withoutIndexes(table: string, work: () => Promise<void>): Promise<void>
  /** What the query planner knows is brought up to date. */
  close(): Promise<void>
}

/** A text of twelve digits for a number below a billion in SQL. */
export function twelve(number: string): string {
  return `substr(CAST(1000000000000 + ${number} AS TEXT), 2)`
}

interface Words extends Pick<GrowingDatabase, 'numbers' | 'hexadecimal' | 'emptyBytes'> {
  readonly indexesOf: (table: string) => string
  readonly atEnd: readonly string[]
}

function growing(
  run: (statement: string) => Promise<readonly object[]>,
  { indexesOf, atEnd, ...words }: Words,
  end: () => Promise<void>,
): GrowingDatabase {
  return {
    ...words,
    execute: async (statement) => void (await run(statement)),
    async withoutIndexes(table, work) {
      const indexes = (await run(indexesOf(table))) as { readonly name: string; readonly sql: string }[] // the select list
      for (const { name } of indexes) await run(`DROP INDEX ${name}`)
      await work()
      for (const { sql } of indexes) await run(sql)
    },
    async close() {
      for (const statement of atEnd) await run(statement)
      await end()
    },
  }
}

export function growingSqlite(path: string): GrowingDatabase {
  const database = new DatabaseSync(path, { defensive: false }) // else a journal is kept
  database.exec(
    'PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -262144; PRAGMA foreign_keys = OFF',
  )
  const words: Words = {
    numbers: (upTo) =>
      `(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${upTo}) SELECT i FROM n) AS n`,
    hexadecimal: (number) => `printf('%012x', ${number})`,
    emptyBytes: (length) => `zeroblob(${length})`,
    indexesOf: (table) =>
      `SELECT name, sql FROM sqlite_master WHERE tbl_name = '${table}' AND type = 'index' AND sql IS NOT NULL`,
    atEnd: ['PRAGMA analysis_limit = 1000', 'ANALYZE', 'PRAGMA journal_mode = WAL'],
  }
  return growing(
    async (statement) => database.prepare(statement).all(),
    words,
    async () => database.close(),
  )
}

export async function growingPostgresql(url: string): Promise<GrowingDatabase> {
  const raw = await openRawDatabase(url)
  await raw.run(`SET session_replication_role = replica; SET maintenance_work_mem = '256MB'`)
  const words: Words = {
    numbers: (upTo) => `generate_series(1, ${upTo}::bigint) AS n(i)`,
    hexadecimal: (number) => `lpad(to_hex((${number})::bigint), 12, '0')`,
    emptyBytes: (length) => `decode(repeat('00', ${length}), 'hex')`,
    // What a constraint made stays.
    indexesOf: (table) => `SELECT indexname AS name, indexdef AS sql FROM pg_indexes WHERE tablename = '${table}'
      AND indexname NOT IN (SELECT conname FROM pg_constraint)`,
    atEnd: ['VACUUM FULL ANALYZE'],
  }
  return growing(
    async (statement) => (await raw.rows(statement)) as readonly object[], // rows of either engine
    words,
    () => raw.close(),
  )
}
