import { Kysely, PostgresDialect } from 'kysely'
import { Pool } from 'pg'
import type { Queries } from '../engine.ts'
import { newTokenRow } from '../rows/token-row.ts'
import { guessColumns, userColumns } from '../rows/user-row.ts'
import type { Tables } from '../schema/tables.ts'
import { kyselyOver, openWriter } from '../sqlite/sqlite-connection.ts'
import { sampleId, sampleToken, sampleUser } from './sample-data.ts'

/** A user with a token as the program of an older schema wrote them: into the tables there were then, and no others. */
export async function writeUserAsOlder(database: string, username: string): Promise<void> {
  const queries = connect(database)
  const managed = sampleUser(username)
  const { id, version, guesses } = managed.user
  await queries
    .insertInto('users')
    .values({ id, version, ...userColumns(managed), ...guessColumns(guesses) })
    .execute()
  await queries
    .insertInto('login_names')
    .values({ name: username, shown: username, user_id: id, is_alias: 0 })
    .execute()
  const token = sampleToken(sampleId(), { userId: id })
  await queries
    .insertInto('tokens')
    .values({ ...newTokenRow(token), owner_key: username })
    .execute()
  await queries.destroy()
}

function connect(database: string): Queries {
  if (!database.startsWith('postgres')) return kyselyOver(openWriter(database))
  return new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: new Pool({ connectionString: database, max: 1 }) }),
  })
}
