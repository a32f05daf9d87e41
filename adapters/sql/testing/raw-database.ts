import { DatabaseSync } from 'node:sqlite'
import { Client } from 'pg'

/** The database behind a store, as somebody who may write to it sees it. */
export interface RawDatabase {
  run(statement: string): Promise<void>
  rows(statement: string): Promise<readonly unknown[]>
  close(): Promise<void>
}

export async function openRawDatabase(database: string): Promise<RawDatabase> {
  if (!database.startsWith('postgres')) {
    const sqlite = new DatabaseSync(database, { timeout: 5000 })
    return {
      run: async (statement) => sqlite.exec(statement),
      rows: async (statement) => sqlite.prepare(statement).all(),
      close: async () => sqlite.close(),
    }
  }
  const client = new Client({ connectionString: database })
  await client.connect()
  return {
    run: async (statement) => void (await client.query(statement)),
    rows: async (statement) => (await client.query<Record<string, unknown>>(statement)).rows,
    close: () => client.end(),
  }
}
