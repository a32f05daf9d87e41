import type { UserColumns } from '../schema/tables.ts'
import type { ValuesOf } from './values-of.ts'

/** The columns of a log-on, in the order in which they are selected. */
export const HOT_USER_ROW = [
  'id',
  'username',
  'security_domain_id',
  'enabled',
  'starts_at',
  'expires_at',
  'version',
  'guesses',
] as const

export type HotUserRow = Pick<UserColumns, (typeof HOT_USER_ROW)[number]>

/** @returns the select list of a log-on, for rows fetched as arrays. */
export function hotUserColumns(table: string): string {
  return HOT_USER_ROW.map((column) => `${table}.${column}`).join(', ')
}

/**
 * The row that these values make.
 * @param from Where the columns of `hotUserColumns` begin among the values.
 */
export function hotUserRow(values: readonly unknown[], from = 0): HotUserRow {
  const own = from === 0 ? values : values.slice(from)
  const at = own as unknown as ValuesOf<UserColumns, typeof HOT_USER_ROW> // selected by hotUserColumns
  return {
    id: at[0],
    username: at[1],
    security_domain_id: at[2],
    enabled: at[3],
    starts_at: at[4],
    expires_at: at[5],
    version: at[6],
    guesses: at[7],
  }
}
