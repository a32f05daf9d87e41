import { type RawBuilder, sql } from 'kysely'

/** In one order everywhere, so that two instances with the same rows do not wait for each other. */
export function inOneOrder<T extends { readonly id: string }>(calls: readonly T[]): readonly T[] {
  return calls.toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

/**
 * The end of a FROM clause on PostgreSQL, WHERE begun: turns `synchronous_commit` off for this one statement. It is read by
 * the statement, so that the planner cannot leave it out.
 */
export function withoutWaiting(): RawBuilder<unknown> {
  return sql`(SELECT set_config('synchronous_commit', 'off', true) AS mode) AS disk WHERE disk.mode = 'off'`
}
