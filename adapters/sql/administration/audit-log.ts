import type {
  AuditChain,
  AuditFilter,
  AuditLink,
  AuditQueries,
  AuditRecord,
  AuditRepository,
  OutcomeCount,
  PageRequest,
} from '@driftlock/application'
import { AUDIT_ACTIONS } from '@driftlock/domain'
import { type SqlBool, sql } from 'kysely'
import type { Queries } from '../engine.ts'
import { entryOf, searchColumns } from '../rows/audit-row.ts'
import { bytes, instant } from '../rows/values.ts'
import type { AuditColumns } from '../schema/tables.ts'
import { keyAfter, NOTHING, pageOf, rowsToRead } from './paging.ts'

/** Ids carry the instant they were made; a record's own instant lies this near. */
const ID_SLACK_MS = 60_000

/** @returns what every UUIDv7 made at or after the instant is not below (RFC 9562 §5.7: 48 bits of milliseconds). */
function idFrom(milliseconds: number): string {
  const hex = Math.max(0, Math.trunc(milliseconds)).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}`
}

/** Names are spelled out, not bound, so that the index of the rare actions serves. */
function actionCondition(actions: NonNullable<AuditFilter['actions']>) {
  const known = actions.filter((action) => action in AUDIT_ACTIONS)
  if (known.length === 0) return NOTHING
  const isRare = known.includes('authenticate') ? sql`` : sql` AND action <> 'authenticate'`
  return sql<SqlBool>`action IN (${sql.join(known.map((action) => sql.lit(action)))})${isRare}`
}

function filtered(queries: Queries, filter: AuditFilter) {
  let query = queries.selectFrom('audit_records').where('record', 'is not', null)
  if (filter.from !== undefined)
    query = query.where('id', '>=', idFrom(filter.from - ID_SLACK_MS)).where('at', '>=', filter.from)
  if (filter.before !== undefined)
    query = query.where('id', '<', idFrom(filter.before + ID_SLACK_MS)).where('at', '<', filter.before)
  if (filter.userId !== undefined) query = query.where('user_id', '=', filter.userId)
  if (filter.tokenSerial !== undefined) query = query.where('token_serial', '=', filter.tokenSerial)
  if (filter.agent !== undefined) query = query.where('agent', '=', filter.agent)
  if (filter.actorId !== undefined) query = query.where('actor_id', '=', filter.actorId)
  if (filter.actions !== undefined) query = query.where(actionCondition(filter.actions))
  if (filter.outcome !== undefined) query = query.where('outcome', '=', filter.outcome)
  if (filter.reason !== undefined) query = query.where('reason', '=', filter.reason)
  if (filter.chainId !== undefined) query = query.where('chain_id', '=', filter.chainId)
  if (filter.securityDomainIds !== undefined) {
    const ids = filter.securityDomainIds
    query = ids.length === 0 ? query.where(NOTHING) : query.where('security_domain_id', 'in', ids)
  }
  return query
}

const RECORD_COLUMNS = ['id', 'chain_id', 'sequence', 'record'] as const

function recordOf(row: Pick<AuditColumns, (typeof RECORD_COLUMNS)[number]>): AuditRecord {
  return { chainId: row.chain_id, sequence: row.sequence, entry: entryOf(row.record ?? '') } // pruned rows are left out
}

function linkOf(row: AuditColumns): AuditLink {
  const { id, chain_id, sequence, mac, key_id, record, digest } = row
  return {
    id,
    chainId: chain_id,
    sequence,
    mac: bytes(mac),
    keyId: key_id,
    record,
    digest: digest && bytes(digest),
    columns: record === null ? null : searchColumnsOf(row),
  }
}

/** One by one: a walk reads millions, and "all but those" of a row took a fifth of its time. */
function searchColumnsOf(row: AuditColumns) {
  return {
    at: row.at,
    action: row.action,
    outcome: row.outcome,
    reason: row.reason,
    actor_id: row.actor_id,
    user_id: row.user_id,
    token_serial: row.token_serial,
    security_domain_id: row.security_domain_id,
    agent: row.agent,
  } satisfies Record<keyof ReturnType<typeof searchColumns>, unknown>
}

async function search(queries: Queries, filter: AuditFilter, page: PageRequest & { readonly oldestFirst?: boolean }) {
  const key = keyAfter(page, 1)
  const isAscending = page.oldestFirst === true
  let query = filtered(queries, filter)
  if (key !== undefined) query = query.where('id', isAscending ? '>' : '<', String(key[0]))
  const rows = await query
    .select(RECORD_COLUMNS)
    .orderBy('id', isAscending ? 'asc' : 'desc')
    .limit(rowsToRead(page))
    .execute()
  return pageOf(rows, page, { item: recordOf, key: (row) => [row.id] })
}

// oxlint-disable-next-line max-lines-per-function -- a table of short functions over one connection
export function auditQueries(queries: Queries): AuditQueries {
  return {
    columnsOf: searchColumns,
    async find(id) {
      const row = await filtered(queries, {}).select(RECORD_COLUMNS).where('id', '=', id).executeTakeFirst()
      return row && recordOf(row)
    },
    search: (filter, page) => search(queries, filter, page),
    async heads() {
      const rows = await queries.selectFrom('audit_chains').selectAll().orderBy('chain_id').execute()
      return rows.map(({ chain_id, sequence, mac }) => ({ chainId: chain_id, sequence, mac: bytes(mac) }))
    },
    async chainIds() {
      const named = queries.selectFrom('audit_chains').select('chain_id')
      const rows = await named.union(queries.selectFrom('audit_records').select('chain_id')).execute()
      return rows.map(({ chain_id }) => chain_id).toSorted()
    },
    async links(chainId, aboveSequence, limit) {
      const rows = await queries
        .selectFrom('audit_records')
        .selectAll()
        .where('chain_id', '=', chainId)
        .where('sequence', '>', aboveSequence)
        .orderBy('sequence')
        .limit(limit)
        .execute()
      return rows.map(linkOf)
    },
    async checkpoints(chainId) {
      const rows = await queries
        .selectFrom('audit_checkpoints')
        .selectAll()
        .where('chain_id', '=', chainId)
        .orderBy('sequence')
        .execute()
      return rows.map((row) => ({
        chainId: row.chain_id,
        sequence: row.sequence,
        mac: bytes(row.mac),
        at: instant(row.at),
        keyId: row.key_id,
        signature: bytes(row.signature),
      }))
    },
    async lastSequenceBefore(chainId, before) {
      const row = await queries
        .selectFrom('audit_records')
        .select('sequence')
        .where('chain_id', '=', chainId)
        .where((where) => where.or([where('at', '>=', before), where('id', '>=', idFrom(before + ID_SLACK_MS))]))
        .orderBy('sequence')
        .limit(1)
        .executeTakeFirst()
      if (row !== undefined) return row.sequence - 1
      const head = await queries
        .selectFrom('audit_chains')
        .select('sequence')
        .where('chain_id', '=', chainId)
        .executeTakeFirst()
      return head?.sequence ?? 0
    },
    async outcomesOverTime(from, before, slotMs) {
      const slot = sql<number>`at - at % ${sql.lit(Math.max(1, Math.trunc(slotMs)))}`
      const rows = await filtered(queries, { from, before })
        .where('action', '=', 'authenticate')
        .select([slot.as('slot'), 'outcome'])
        .select((column) => column.fn.countAll<number>().as('counted'))
        .groupBy([slot, 'outcome'])
        .orderBy('slot')
        .execute()
      return rows.map((row) => ({
        slotStart: instant(row.slot),
        outcome: row.outcome as OutcomeCount['outcome'], // written by the hot path from an AuditEntry
        count: row.counted,
      }))
    },
  }
}

const PRUNED = {
  record: null,
  at: null,
  action: null,
  outcome: null,
  reason: null,
  actor_id: null,
  user_id: null,
  token_serial: null,
  security_domain_id: null,
  agent: null,
}

export function auditRepository(queries: Queries, chain: AuditChain): AuditRepository {
  return {
    ...auditQueries(queries),
    async addCheckpoint({ chainId, sequence, mac, at, keyId, signature }) {
      await queries
        .insertInto('audit_checkpoints')
        .values({ chain_id: chainId, sequence, mac, at, key_id: keyId, signature })
        .onConflict((conflict) => conflict.columns(['chain_id', 'sequence']).doNothing())
        .execute()
    },
    async prune(chainId, throughSequence, limit) {
      const rows = await queries
        .selectFrom('audit_records')
        .select(['id', 'record'])
        .where('chain_id', '=', chainId)
        .where('sequence', '<=', throughSequence)
        .where('record', 'is not', null)
        .orderBy('sequence')
        .limit(limit)
        .execute()
      for (const { id, record } of rows) {
        await queries
          .updateTable('audit_records')
          .set({ ...PRUNED, digest: chain.digest(record ?? '') })
          .where('id', '=', id)
          .execute()
      }
      return rows.length
    },
  }
}
