import { type RawBuilder, sql } from 'kysely'
import { LAST_TEXT } from '../schema/column-types.ts'

/** A search key as the indexes of the schema have it: an empty one sorts last. */
function named(column: string): RawBuilder<string> {
  return sql<string>`COALESCE(NULLIF(${sql.ref(`users.${column}`)}, ''), ${sql.lit(LAST_TEXT)})`
}

export const userFirstName = named('first_name_key')
export const userLastName = named('last_name_key')
export const userEmail = named('email_key')
