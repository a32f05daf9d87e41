import type { HighAvailabilityQueries, RecordCounts, RecordFilter } from '@driftlock/application'
import { HA_CONNECTION_ID } from '@driftlock/application'
import { matchingKey, type UnmatchedReason } from '@driftlock/domain'
import { type SqlBool, sql } from 'kysely'
import { beginsWith, keyAfter, keyBeginsWith, pageOf, rowsToRead } from '../administration/paging.ts'
import type { Queries } from '../engine.ts'
import { connectionOf, HELD_COLUMNS, heldOf, runOf, shownRecordOf } from '../rows/ha-row.ts'
import { bytes } from '../rows/values.ts'
import { candidatesIn } from './match-candidates.ts'
import { unreportedOfGone, unreportedSteps } from './unreported-steps.ts'

const sharedText = sql<string>`CAST(ha_records.shared_step AS TEXT)`
const waiting = sql<number>`CASE WHEN ha_records.seed IS NULL THEN 0 ELSE 1 END`

function selectHeld(queries: Queries) {
  return queries
    .selectFrom('ha_records')
    .select(HELD_COLUMNS.map((column) => `ha_records.${column}` as const))
    .select([sharedText.as('shared_step'), waiting.as('has_waiting_seed')])
}

/**
 * `locked`: rows that are read stay as they are to the end of the transaction, so that a change of a user at the same moment
 * comes wholly before or wholly after. A SQLite transaction is alone anyway.
 */
export type Reading = 'plain' | 'locked'

// oxlint-disable-next-line max-lines-per-function -- a table of short functions over one connection
export function haQueries(queries: Queries, reading: Reading = 'plain'): HighAvailabilityQueries {
  const selectKept = () => (reading === 'locked' ? selectHeld(queries).forUpdate() : selectHeld(queries))
  return {
    async connection() {
      const row = await queries
        .selectFrom('ha_connections')
        .selectAll()
        .where('id', '=', HA_CONNECTION_ID)
        .executeTakeFirst()
      return row && connectionOf(row)
    },
    held: async (ids) =>
      ids.length === 0 ? [] : (await selectKept().where('record_id', 'in', ids).execute()).map(heldOf),
    heldOfUser: async (userId) => (await selectHeld(queries).where('user_id', '=', userId).execute()).map(heldOf),
    async withSerials(serials) {
      if (serials.length === 0) return []
      const rows = await queries
        .selectFrom('ha_records')
        .select(['record_id', 'serial'])
        .where('serial', 'in', serials)
        .execute()
      return rows.map(({ record_id, serial }) => ({ recordId: record_id, serial }))
    },
    async tokensWithSerials(serials) {
      if (serials.length === 0) return new Map()
      const rows = await queries.selectFrom('tokens').select(['id', 'serial']).where('serial', 'in', serials).execute()
      return new Map(rows.map(({ id, serial }) => [serial, id]))
    },
    candidates: (attribute, keys) => candidatesIn(queries, { attribute, keys, reading }),
    async records(filter, page) {
      const key = keyAfter(page, 1)
      let query = filtered(queries, filter).leftJoin('users', 'users.id', 'ha_records.user_id')
      if (key !== undefined) query = query.where('ha_records.record_id', '>', String(key[0]))
      const rows = await query
        .select('users.username as username')
        .orderBy('ha_records.record_id')
        .limit(rowsToRead(page))
        .execute()
      return pageOf(rows, page, { item: shownRecordOf, key: (row) => [row.record_id] })
    },
    counts: () => countRecords(queries),
    toMatch: async (limit) =>
      (await selectKept().where('needs_match', '=', 1).orderBy('record_id').limit(limit).execute()).map(heldOf),
    unreadable: async (limit) =>
      (
        await selectHeld(queries)
          .where('state', '=', 'active')
          .where('has_token', '=', 0)
          .where('reason', '=', 'seed-unreadable')
          .limit(limit)
          .execute()
      ).map(heldOf),
    unreported: (from, limit) => unreportedSteps(queries, from, limit),
    unreportedOfGone: (limit) => unreportedOfGone(queries, limit),
    async notMet(generation, afterRecordId, limit) {
      const rows = await queries
        .selectFrom('ha_records')
        .select('record_id')
        .where('record_id', '>', afterRecordId)
        .where('generation', '<', generation)
        .orderBy('record_id')
        .limit(limit)
        .execute()
      return rows.map(({ record_id }) => record_id)
    },
    async waitingSeeds(afterRecordId, limit) {
      const rows = await queries
        .selectFrom('ha_records')
        .select(['record_id', 'token_id', 'seed'])
        .where('record_id', '>', afterRecordId)
        .where('state', '=', 'active')
        .where('has_token', '=', 0)
        .where('seed', 'is not', null)
        .orderBy('record_id')
        .limit(limit)
        .execute()
      return rows.flatMap(({ record_id, token_id, seed }) =>
        seed === null || token_id === null ? [] : [{ recordId: record_id, tokenId: token_id, seed: bytes(seed) }],
      )
    },
    async run(id) {
      const row = await queries.selectFrom('ha_runs').selectAll().where('id', '=', id).executeTakeFirst()
      return row && runOf(row)
    },
    async runs(page) {
      const key = keyAfter(page, 1)
      let query = queries.selectFrom('ha_runs').selectAll()
      if (key !== undefined) query = query.where('id', '<', String(key[0]))
      const rows = await query.orderBy('id', 'desc').limit(rowsToRead(page)).execute()
      return pageOf(rows, page, { item: runOf, key: (row) => [row.id] })
    },
  }
}

function filtered(queries: Queries, { condition, reason, text }: RecordFilter) {
  let query = selectHeld(queries)
  if (condition === 'revoked') query = query.where('state', '=', 'revoked')
  if (condition === 'matched') query = query.where('state', '=', 'active').where('has_token', '=', 1)
  if (condition === 'unmatched')
    query = query.where('state', '=', 'active').where('has_token', '=', 0).where('reason', 'is not', null)
  if (condition === 'deleted-here')
    query = query.where('state', '=', 'active').where('has_token', '=', 0).where('reason', 'is', null)
  if (reason !== undefined) query = query.where('reason', '=', reason)
  if (text !== undefined) {
    const bySerial = beginsWith(sql.ref('ha_records.serial'), text.trim().toUpperCase())
    const byAttribute = beginsWith(sql.ref('ha_records.attribute_key'), matchingKey(text))
    query = query.where(
      sql<SqlBool>`(${bySerial} OR ${byAttribute} OR ${keyBeginsWith(sql.ref('ha_records.record_id'), text)})`,
    )
  }
  return query
}

/** One walk over the index of the condition: every record is counted, none is read. */
async function countRecords(queries: Queries): Promise<RecordCounts> {
  const rows = await queries
    .selectFrom('ha_records')
    .select(['state', 'has_token', 'reason'])
    .select((column) => column.fn.countAll<number>().as('counted'))
    .groupBy(['state', 'has_token', 'reason'])
    .execute()
  const unmatched: Partial<Record<UnmatchedReason, number>> = {}
  const sum = { matched: 0, revoked: 0, deletedHere: 0 }
  for (const { state, has_token, reason, counted } of rows) {
    if (state === 'revoked') sum.revoked += counted
    else if (has_token === 1) sum.matched += counted
    else if (reason === null) sum.deletedHere += counted
    else unmatched[reason as UnmatchedReason] = counted // written with the place of a record
  }
  return { ...sum, unmatched }
}
