import type { Queries } from '../engine.ts'

export interface ChangedUser {
  readonly id: string
  readonly usernameKey: string
  readonly emailKey: string
}

/**
 * A user was created or changed: records with that attribute, and those the user holds, look for their user again at the
 * next run. Written with the user, so that no change is missed; found by index, so that a user costs the same whatever the
 * number of records.
 */
export async function markToMatch(queries: Queries, { id, usernameKey, emailKey }: ChangedUser): Promise<void> {
  const keys = [usernameKey, emailKey].filter((key) => key !== '')
  await queries
    .updateTable('ha_records')
    .set({ needs_match: 1 })
    .where('attribute_key', 'in', keys)
    .where('state', '=', 'active')
    .execute()
  await queries.updateTable('ha_records').set({ needs_match: 1 }).where('user_id', '=', id).execute()
}

/** An identity source was added or renamed: records that found nobody look again. */
export async function markUnmatched(queries: Queries): Promise<void> {
  await queries
    .updateTable('ha_records')
    .set({ needs_match: 1 })
    .where('state', '=', 'active')
    .where('has_token', '=', 0)
    .where('reason', 'in', ['source-unknown', 'user-unknown', 'ambiguous'])
    .execute()
}
