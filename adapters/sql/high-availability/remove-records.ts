import { NO_STEP } from '@driftlock/domain'
import { sql } from 'kysely'
import type { Queries } from '../engine.ts'
import { stepText } from '../rows/values.ts'
import { takeToken } from './write-records.ts'

/** Removes records and their tokens. @returns the serials of the tokens. */
export async function removeRecords(queries: Queries, recordIds: readonly string[]): Promise<readonly string[]> {
  if (recordIds.length === 0) return []
  const rows = await queries
    .deleteFrom('ha_records')
    .where('record_id', 'in', recordIds)
    .returning(['token_id', 'has_token'])
    .execute()
  const tokenIds = rows.flatMap(({ token_id, has_token }) => (has_token === 1 && token_id !== null ? [token_id] : []))
  if (tokenIds.length === 0) return []
  const removed = await queries.deleteFrom('tokens').where('id', 'in', tokenIds).returning('serial').execute()
  return removed.map(({ serial }) => serial)
}

/** The user is about to be deleted: the seeds of their apps wait with the records, in case somebody takes the user's place. */
export async function detachUser(queries: Queries, userId: string): Promise<readonly string[]> {
  const rows = await queries
    .selectFrom('ha_records')
    .select(['record_id', 'token_id', 'has_token'])
    .where('user_id', '=', userId)
    .execute()
  const serials: string[] = []
  for (const { record_id, token_id, has_token } of rows) {
    const taken = has_token === 1 ? await takeToken(queries, token_id) : undefined
    if (taken !== undefined) serials.push(taken.serial)
    await queries
      .updateTable('ha_records')
      .set({
        user_id: null,
        reason: 'user-unknown',
        has_token: 0,
        ...(taken !== undefined && { seed: taken.seed, kept_step: stepText(taken.step) }),
        needs_match: 1,
      })
      .where('record_id', '=', record_id)
      .execute()
  }
  return serials
}

/** An administrator deletes the token of an app: its record says so from now on. */
export async function noteDeletedToken(
  queries: Queries,
  { serial, step }: { readonly serial: string; readonly step: string },
): Promise<void> {
  const kept = step === stepText(NO_STEP) ? {} : { kept_step: sql<string>`CAST(${step} AS BIGINT)` }
  await queries
    .updateTable('ha_records')
    .set({ has_token: 0, ...kept })
    .where('serial', '=', serial)
    .execute()
}
