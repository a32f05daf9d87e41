import type { UnreportedPage, UnreportedStep } from '@driftlock/application'
import { CLOUD_ORIGIN } from '@driftlock/domain'
import { type SqlBool, sql } from 'kysely'
import type { Queries } from '../engine.ts'
import { LAST_NUMBER, LAST_TEXT } from '../schema/column-types.ts'
import { stepOf } from '../rows/values.ts'

/**
 * Steps that apps used here and the cloud was not told of. Walks the index of the last use, by day and token: what it costs
 * grows with the log-ons since that day, not with the tokens there are, and a log-on writes nothing more for it.
 */
export async function unreportedSteps(
  queries: Queries,
  { day, after }: { readonly day: number; readonly after: string },
  limit: number,
): Promise<UnreportedPage> {
  const lastUsed = sql`COALESCE(tokens.last_used_day, ${sql.lit(LAST_NUMBER)})`
  const [afterDay, afterId] = after === '' ? [day - 1, LAST_TEXT] : splitAfter(after)
  const rows = await queries
    .selectFrom('tokens')
    .innerJoin('ha_records', 'ha_records.serial', 'tokens.serial')
    .select(['tokens.id', 'tokens.last_used_day', 'ha_records.record_id', 'tokens.serial'])
    .select(sql<string>`CAST(tokens.high_water_step AS TEXT)`.as('step'))
    .where(sql<SqlBool>`(${lastUsed}, tokens.id) > (${afterDay}, ${afterId})`)
    .where(sql<SqlBool>`${lastUsed} < ${sql.lit(LAST_NUMBER)}`)
    .where('tokens.origin', '=', CLOUD_ORIGIN)
    .where(sql<SqlBool>`ha_records.token_id = tokens.id AND tokens.high_water_step > ha_records.shared_step`)
    .orderBy(lastUsed)
    .orderBy('tokens.id')
    .limit(limit + 1)
    .execute()
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    steps: shown.map(({ record_id, serial, step }) => ({ recordId: record_id, serial, step: stepOf(step) })),
    next: rows.length > limit && last !== undefined ? `${last.last_used_day} ${last.id}` : undefined,
  }
}

/** Steps that a token left with its record when it went, and the cloud was not told of. They have an index of their own. */
export async function unreportedOfGone(queries: Queries, limit: number): Promise<readonly UnreportedStep[]> {
  const rows = await queries
    .selectFrom('ha_records')
    .select(['record_id', 'serial', sql<string>`CAST(kept_step AS TEXT)`.as('step')])
    .where(sql<SqlBool>`kept_step > shared_step`)
    .orderBy('record_id')
    .limit(limit)
    .execute()
  return rows.map(({ record_id, serial, step }) => ({ recordId: record_id, serial, step: stepOf(step) }))
}

function splitAfter(text: string): readonly [number, string] {
  const [day = '0', id = ''] = text.split(' ')
  return [Number(day), id]
}
