import { setTimeout as sleep } from 'node:timers/promises'
import { type AuditChain, StoreError } from '@driftlock/application'
import { Kysely, PostgresDialect } from 'kysely'
import { type ClientConfig, Pool, type PoolClient } from 'pg'
import type { Engine } from '../engine.ts'
import { inWordsOf } from '../schema/column-types.ts'
import { applyMigrations, refuseNewer, type SchemaConnection, schemaVersion, VERSION_TABLE } from '../schema/migrate.ts'
import type { Migration } from '../schema/migration.ts'
import type { Tables } from '../schema/tables.ts'
import { Lane } from './lane.ts'
import { isConnectionLoss, isWorthRepeating, translatePostgresqlError } from './postgresql-error.ts'
import { PostgresqlHotPath } from './postgresql-hot-path.ts'
import { COLUMN_TYPES } from './postgresql-types.ts'
import { checkServer } from './server-check.ts'

export interface PostgresqlOptions {
  /** `postgres://user:password@host:port/database?sslmode=verify-full&sslrootcert=…` */
  readonly url: string
  readonly auditChain: AuditChain
  readonly migrations: readonly Migration[]
  readonly allowUnsafe: boolean
  /** Connections for the administration. */
  readonly poolSize: number
}

const STATEMENT_TIMEOUT_MS = 30_000

function clientConfig({ url }: PostgresqlOptions): ClientConfig {
  return {
    connectionString: url,
    application_name: 'driftlock',
    types: COLUMN_TYPES,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    // A server that does not even refuse is taken for lost.
    query_timeout: STATEMENT_TIMEOUT_MS + 5_000,
  }
}

function schemaConnection(client: PoolClient): SchemaConnection {
  return {
    engine: 'postgresql',
    execute: async (statement) => void (await client.query(statement)),
    number: async (statement) =>
      Number(
        (await client.query<Record<string, unknown>>(statement)).rows.flatMap((row) => Object.values(row))[0] ?? 0,
      ),
  }
}

/** Two processes that make the same table at once collide in the catalogue: the loser only has to look again. */
async function makeVersionTable(client: PoolClient): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await client.query(inWordsOf('postgresql', VERSION_TABLE))
      return
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (attempt >= 5 || (code !== '23505' && code !== '42P07')) throw error
      await sleep(50)
    }
  }
}

async function migrate(pool: Pool, migrations: readonly Migration[]): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query(`SET statement_timeout = 0`)
    await makeVersionTable(client)
    const connection = schemaConnection(client)
    const stored = await schemaVersion(connection, migrations)
    refuseNewer(stored, migrations.length)
    if (stored === migrations.length) return
    await client.query('BEGIN')
    await client.query('LOCK TABLE schema_versions IN ACCESS EXCLUSIVE MODE')
    await applyMigrations(connection, migrations, Date.now())
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined) // the first error is the one that tells
    throw error
  } finally {
    client.release(true)
  }
}

const REPEATS = 8

/** Runs write transactions, again after a deadlock, and finds out about a commit whose answer was lost. */
function transactions(queries: Kysely<Tables>): Engine['write'] {
  const isWritten = async (ids: readonly string[], cause: unknown): Promise<boolean> => {
    const [id] = ids
    const attempts = id === undefined ? 0 : 10
    for (let attempt = 0; attempt < attempts; attempt++) {
      try {
        // Waits for the lock that the lost transaction holds until it is through, either way.
        const chain = queries.selectFrom('audit_chains').select('chain_id').forUpdate()
        await chain.execute()
        const row = await queries
          .selectFrom('audit_records')
          .select('id')
          .where('id', '=', id ?? '')
          .executeTakeFirst()
        return row !== undefined
      } catch (error) {
        if (!isConnectionLoss(error)) throw error
        await sleep(100 * (attempt + 1))
      }
    }
    throw new StoreError('COMMIT_IN_DOUBT', 'The connection to the database was lost while committing.', { cause })
  }
  return async (work, auditIds) => {
    for (let repeat = 0; ; repeat++) {
      const progress: { result?: Awaited<ReturnType<typeof work>>; isThrough: boolean } = { isThrough: false }
      try {
        return await queries.transaction().execute(async (transaction) => {
          progress.result = await work(transaction)
          progress.isThrough = true
          return progress.result
        })
      } catch (error) {
        if (progress.isThrough && isConnectionLoss(error)) {
          // `isThrough` says that work has returned its result
          if (await isWritten(auditIds?.() ?? [], error)) return progress.result as Awaited<ReturnType<typeof work>>
        } else if (repeat + 1 >= REPEATS || !isWorthRepeating(error)) throw translatePostgresqlError(error)
        await sleep(Math.random() * 20 * (repeat + 1))
      }
    }
  }
}

/**
 * Opens a store on PostgreSQL 15 or newer. @returns the engine and what is unsafe about the server, in words.
 * @throws StoreError `STORE_UNSAFE`, `STORE_NEWER`, `STORE_UNAVAILABLE`.
 */
export async function openPostgresql(
  options: PostgresqlOptions,
): Promise<{ readonly engine: Engine; readonly warnings: readonly string[] }> {
  const config = clientConfig(options)
  const pool = new Pool({ ...config, max: options.poolSize, idleTimeoutMillis: 30_000 })
  pool.on('error', () => undefined) // an idle connection that breaks is replaced by the pool
  try {
    const warnings = await checkServer(pool, options.allowUnsafe)
    await migrate(pool, options.migrations)
    return { engine: engineOver(pool, config, options.auditChain), warnings }
  } catch (error) {
    await pool.end()
    throw translatePostgresqlError(error)
  }
}

/** The store's own tables alone: others may share the database. Whoever analyses one of them already is not waited for. */
async function analyseOwnTables(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    "SELECT format('%I', tablename) AS name FROM pg_tables WHERE schemaname = current_schema()",
  )
  await pool.query(`ANALYZE (SKIP_LOCKED) ${rows.map(({ name }) => name).join(', ')}`)
}

function engineOver(pool: Pool, config: ClientConfig, auditChain: AuditChain): Engine {
  const queries = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  // The statements of a lane are the same for ever: planning one anew would cost more than running it.
  const laneConfig = { ...config, options: '-c plan_cache_mode=force_generic_plan' }
  const reads = new Lane(laneConfig)
  const writes = new Lane(laneConfig)
  return {
    kind: 'postgresql',
    reader: queries,
    hot: new PostgresqlHotPath({ reads, writes }, auditChain),
    write: transactions(queries),
    translate: translatePostgresqlError,
    analyse: () => analyseOwnTables(pool),
    async backUpTo() {
      throw new StoreError(
        'INVALID_VALUE',
        'Back PostgreSQL up by its own means: pg_dump, or pg_basebackup with its log.',
      )
    },
    async close() {
      await Promise.all([reads.close(), writes.close(), queries.destroy()])
    },
  }
}
