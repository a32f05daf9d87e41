import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { translatePostgresqlError } from './postgresql-error.ts'

/** A schema of its own inside a database that others may use, for what is to leave nothing behind. */
export interface ScratchSchema {
  /** Address for `openStore`: sees and makes tables in this schema alone. */
  readonly database: string
  drop(): Promise<void>
}

/** @throws StoreError `STORE_UNAVAILABLE` when the database cannot be reached; the driver's error when its user may make no schema. */
export async function makeScratchSchema(address: string): Promise<ScratchSchema> {
  const name = `driftlock_${randomBytes(6).toString('hex')}`
  await run(address, `CREATE SCHEMA ${name}`)
  const url = new URL(address)
  url.searchParams.set('options', `-c search_path=${name}`)
  return { database: url.toString(), drop: () => run(address, `DROP SCHEMA ${name} CASCADE`) }
}

async function run(connectionString: string, statement: string): Promise<void> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 5_000 })
  try {
    await client.connect()
    await client.query(statement)
  } catch (error) {
    throw translatePostgresqlError(error)
  } finally {
    await client.end()
  }
}
