import { setImmediate as breathe } from 'node:timers/promises'
import type {
  AuditChain,
  AuditFilter,
  AuditLink,
  AuditQueries,
  AuditRecord,
  AuditRepository,
  OutcomeCount,
} from '@driftlock/application'
import { AUDIT_ACTIONS, type UnixMs } from '@driftlock/domain'
import { type SqlBool, sql } from 'kysely'
import type { Queries } from '../engine.ts'
import { entryOf, searchColumns } from '../rows/audit-row.ts'
import { bytes, instant } from '../rows/values.ts'
import { type EngineKind, LAST_TEXT } from '../schema/column-types.ts'
import type { AuditColumns } from '../schema/tables.ts'
import { NOTHING } from './paging.ts'
import { alike, type Condition, type Criterion, type Searched, searchPlan } from './search-plan.ts'
import { type ListPart, walkedPage } from './walking.ts'

/** Ids carry the instant they were made; a record's own instant lies this near. */
const ID_SLACK_MS = 60_000

/** @returns what every UUIDv7 made at or after the instant is not below (RFC 9562 §5.7: 48 bits of milliseconds). */
function idFrom(milliseconds: number): string {
  const hex = Math.max(0, Math.trunc(milliseconds)).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}`
}

function unprunedRecords(queries: Queries) {
  return queries.selectFrom('audit_records').where('record', 'is not', null)
}

/** What is indexed lies in the order of the id, hence of time. */
const ORDER = ['id'] as const
type AuditCriterion = Criterion<'id'>

function indexed(condition: Condition): AuditCriterion {
  return { condition, stretches: [alike(condition)], inOrder: ORDER }
}

/** Instants of the records of a span, and their ids: newest first these begin where the span ends. */
function* spanCriteria({ from, before }: Pick<AuditFilter, 'from' | 'before'>): Generator<AuditCriterion> {
  const loose = { inOrder: ORDER, isLoose: true } as const
  if (from !== undefined) {
    yield { ...loose, condition: sql`at >= ${from}`, stretches: [{ from: idFrom(from - ID_SLACK_MS) }] }
  }
  if (before !== undefined) {
    yield { ...loose, condition: sql`at < ${before}`, stretches: [{ to: idFrom(before + ID_SLACK_MS) }] }
  }
}

/** Names are spelled out, not bound, so that the index of the rare actions serves. */
function actionCriterion(actions: NonNullable<AuditFilter['actions']>): AuditCriterion {
  const known = [...new Set(actions)].filter((action) => action in AUDIT_ACTIONS)
  if (known.length === 0) return { condition: NOTHING, stretches: [] }
  const condition = sql<SqlBool>`action IN (${sql.join(known.map((action) => sql.lit(action)))})`
  if (known.includes('authenticate')) return { condition }
  const stretches = known.map((action) => alike(sql`(action = ${sql.lit(action)} AND action <> 'authenticate')`))
  return { condition, stretches, inOrder: ORDER }
}

/** What a filter asks for, the rarest first. */
function* auditCriteria(filter: AuditFilter): Generator<AuditCriterion> {
  const { userId, tokenSerial, agent, actorId, actions, outcome, reason, chainId, securityDomainIds } = filter
  if (userId !== undefined) yield indexed(sql`user_id = ${userId}`)
  if (tokenSerial !== undefined) yield indexed(sql`token_serial = ${tokenSerial}`)
  if (actions !== undefined) yield actionCriterion(actions)
  if (agent !== undefined) yield indexed(sql`agent = ${agent}`)
  yield* spanCriteria(filter)
  if (actorId !== undefined) yield { condition: sql`actor_id = ${actorId}` }
  if (outcome !== undefined) yield { condition: sql`outcome = ${outcome}` }
  if (reason !== undefined) yield { condition: sql`reason = ${reason}` }
  if (chainId !== undefined) yield { condition: sql`chain_id = ${chainId}` }
  if (securityDomainIds?.length === 0) yield { condition: NOTHING, stretches: [] }
  else if (securityDomainIds !== undefined)
    yield { condition: sql`security_domain_id IN (${sql.join(securityDomainIds)})` }
  yield { condition: sql`record IS NOT NULL`, isUsual: true }
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

async function search(searched: Searched, filter: AuditFilter, page: Parameters<AuditQueries['search']>[1]) {
  const { queries } = searched
  const plan = await searchPlan(searched, { criteria: [...auditCriteria(filter)], sort: 'id' })
  const isDescending = page.oldestFirst !== true
  const start = isDescending ? LAST_TEXT : ''
  const order = {
    keys: [sql<string>`audit_records.id`],
    start,
    beginsWithExpression: false,
    identity: 'id',
    isDescending,
  }
  const read = ({ window, where, orderBy }: ListPart, limit: number) =>
    queries
      .selectFrom(window.as<'w'>(sql`w`))
      .crossJoin('audit_records')
      .select(RECORD_COLUMNS)
      .where(where)
      .orderBy(orderBy)
      .limit(limit)
      .execute()
  return walkedPage(queries, { plan, order }, { page, read, item: recordOf, key: (row) => [row.id] })
}

interface Span {
  readonly from: UnixMs
  readonly before: UnixMs
}

/** Records of one statement on SQLite, which keeps the event loop for as long: some 5 ms. */
const COUNTED_AT_ONCE = 5000

/** The ids between which a span is counted, one piece after another; PostgreSQL counts aside, and in one go. */
async function* piecesOf({ queries, kind }: Pick<Searched, 'queries' | 'kind'>, { from, before }: Span) {
  const [lowest, end] = [idFrom(from - ID_SLACK_MS), idFrom(before + ID_SLACK_MS)]
  for (let low: string | undefined = lowest; low !== undefined; ) {
    const next: { readonly id: string } | undefined =
      kind === 'postgresql'
        ? undefined
        : await queries
            .selectFrom('audit_records')
            .select('id')
            .where('id', '>=', low)
            .where('id', '<', end)
            .orderBy('id')
            .offset(COUNTED_AT_ONCE)
            .limit(1)
            .executeTakeFirst()
    yield { low, high: next?.id ?? end }
    await breathe()
    low = next?.id
  }
}

async function outcomesOverTime(
  searched: Pick<Searched, 'queries' | 'kind'>,
  span: Span,
  slotMs: number,
): Promise<readonly OutcomeCount[]> {
  const slot = sql<number>`at - at % ${sql.lit(Math.max(1, Math.trunc(slotMs)))}`
  const counts = new Map<string, OutcomeCount>()
  for await (const { low, high } of piecesOf(searched, span)) {
    const rows = await unprunedRecords(searched.queries)
      .where('id', '>=', low)
      .where('id', '<', high)
      .where('at', '>=', span.from)
      .where('at', '<', span.before)
      .where('action', '=', 'authenticate')
      .select([slot.as('slot'), 'outcome'])
      .select((column) => column.fn.countAll<number>().as('counted'))
      .groupBy([slot, 'outcome'])
      .execute()
    for (const row of rows) {
      const key = `${row.slot} ${row.outcome}`
      const outcome = row.outcome as OutcomeCount['outcome'] // written by the hot path from an AuditEntry
      counts.set(key, { slotStart: instant(row.slot), outcome, count: (counts.get(key)?.count ?? 0) + row.counted })
    }
  }
  return [...counts.values()].toSorted((one, other) => one.slotStart - other.slotStart)
}

// oxlint-disable-next-line max-lines-per-function -- a table of short functions over one connection
export function auditQueries(queries: Queries, kind: EngineKind): AuditQueries {
  return {
    columnsOf: searchColumns,
    async find(id) {
      const row = await unprunedRecords(queries).select(RECORD_COLUMNS).where('id', '=', id).executeTakeFirst()
      return row && recordOf(row)
    },
    search: (filter, page) => search({ queries, kind, table: 'audit_records' }, filter, page),
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
    outcomesOverTime: (from, before, slotMs) => outcomesOverTime({ queries, kind }, { from, before }, slotMs),
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

export function auditRepository(
  queries: Queries,
  { chain, kind }: { readonly chain: AuditChain; readonly kind: EngineKind },
): AuditRepository {
  return {
    ...auditQueries(queries, kind),
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
