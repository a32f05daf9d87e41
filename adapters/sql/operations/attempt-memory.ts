import { type AttemptArchive, type AttemptMemory, StoreError, type StoredAttempt } from '@driftlock/application'
import { type RawBuilder, sql } from 'kysely'
import type { Engine } from '../engine.ts'
import { Batcher } from '../hot/batcher.ts'
import { bytes, instant } from '../rows/values.ts'
import { inOneOrder, withoutWaiting } from './shared-statement.ts'

export interface AttemptMemoryOptions {
  /**
   * False = a write is answered before it is on disk (PostgreSQL; one statement turns `synchronous_commit` off for itself):
   * for what a crash of the database may take back. Every write is seen by all instances at once either way.
   */
  readonly waitsForDisk: boolean
}

type Statement = RawBuilder<{ id: string }>
type Write = (kind: Engine['kind'], rows: readonly StoredAttempt[], waitsForDisk: boolean) => Statement

/** Dialogues between two requests. Writes that arrive together share one statement, and with it one round trip. */
export function attemptMemory(engine: Engine, { waitsForDisk }: AttemptMemoryOptions): AttemptMemory {
  const { reader, write, kind } = engine
  const run = async (statement: Statement): Promise<ReadonlySet<string>> => {
    const { rows } =
      kind === 'postgresql' ? await statement.execute(reader) : await write((queries) => statement.execute(queries))
    return new Set(rows.map(({ id }) => id))
  }
  /** Tells of each call whether its row was written. */
  const batched = (statement: Write) =>
    new Batcher<StoredAttempt, boolean>({
      limit: 256,
      keysOf: ({ id }) => [id],
      isWorthSplitting: () => false,
      async run(calls) {
        const written = await run(statement(kind, inOneOrder(calls), waitsForDisk))
        return calls.map(({ id }) => written.has(id))
      },
    })
  const inserts = batched(insertStatement)
  const advances = batched(advanceStatement)
  return {
    async insert(attempt) {
      if (await inserts.add(attempt)) return
      throw new StoreError('ALREADY_EXISTS', 'The attempt is there already.', { facts: { entity: 'attempt' } })
    },
    advance: (attempt) => advances.add(attempt),
    async find(id, now) {
      const query = reader.selectFrom('attempts').selectAll().where('id', '=', id).where('expires_at', '>', now)
      const row = await query.executeTakeFirst()
      return row && { id, state: bytes(row.state), expiresAt: instant(row.expires_at), version: row.version }
    },
    take: (id, now) =>
      write(async (queries) => {
        const row = await queries.deleteFrom('attempts').where('id', '=', id).returningAll().executeTakeFirst()
        if (row === undefined || row.expires_at <= now) return undefined
        return { id, state: bytes(row.state), expiresAt: instant(row.expires_at), version: row.version }
      }),
    removeExpiredBefore: (before) =>
      write(async (queries) => {
        const result = await queries.deleteFrom('attempts').where('expires_at', '<', before).executeTakeFirst()
        return Number(result.numDeletedRows)
      }),
  }
}

/** The same, waiting for the disk, and able to take down attempts as they stand. */
export function attemptArchive(engine: Engine): AttemptArchive {
  return {
    ...attemptMemory(engine, { waitsForDisk: true }),
    async save(given) {
      if (given.length === 0) return
      const rows = given.map(({ id, state, expiresAt, version }) => ({ id, state, expires_at: expiresAt, version }))
      await engine.write((queries) =>
        queries
          .insertInto('attempts')
          .values(rows)
          .onConflict((conflict) =>
            conflict.column('id').doUpdateSet((row) => ({
              state: row.ref('excluded.state'),
              expires_at: row.ref('excluded.expires_at'),
              version: row.ref('excluded.version'),
            })),
          )
          .execute(),
      )
    },
  }
}

function insertStatement(kind: Engine['kind'], rows: readonly StoredAttempt[], waitsForDisk: boolean): Statement {
  if (kind === 'sqlite') {
    return sql`INSERT INTO attempts (id, state, expires_at, version) VALUES ${plainRows(rows)}
      ON CONFLICT DO NOTHING RETURNING id`
  }
  return sql`INSERT INTO attempts (id, state, expires_at, version)
    SELECT called.id, called.state, called.expires_at, called.version
    FROM ${typedRows(rows)}${waitsForDisk ? sql`` : sql`, ${withoutWaiting()}`} ON CONFLICT DO NOTHING RETURNING id`
}

function advanceStatement(kind: Engine['kind'], rows: readonly StoredAttempt[], waitsForDisk: boolean): Statement {
  const isNext = sql`called.id = attempts.id AND attempts.version = called.version - 1`
  const set = sql`UPDATE attempts SET state = called.state, expires_at = called.expires_at, version = called.version`
  if (kind === 'sqlite') {
    return sql`WITH called (id, state, expires_at, version) AS (VALUES ${plainRows(rows)})
      ${set} FROM called WHERE ${isNext} RETURNING attempts.id AS id`
  }
  const from = waitsForDisk ? sql`${typedRows(rows)} WHERE` : sql`${typedRows(rows)}, ${withoutWaiting()} AND`
  return sql`${set} FROM ${from} ${isNext} RETURNING attempts.id AS id`
}

function plainRows(rows: readonly StoredAttempt[]): RawBuilder<unknown> {
  return sql.join(rows.map(({ id, state, expiresAt, version }) => sql`(${id}, ${state}, ${expiresAt}, ${version})`))
}

function typedRows(rows: readonly StoredAttempt[]): RawBuilder<unknown> {
  const values = rows.map(
    ({ id, state, expiresAt, version }) =>
      sql`(${id}::text, ${state}::bytea, ${expiresAt}::bigint, ${version}::integer)`,
  )
  return sql`(VALUES ${sql.join(values)}) AS called (id, state, expires_at, version)`
}
