import { setImmediate as breathe } from 'node:timers/promises'
import type { BoundedCount, Page, SearchRequest } from '@driftlock/application'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Queries } from '../engine.ts'
import { boundedCount, cursorOf, type Key, keyAfter, rowsToRead, unindexed } from './paging.ts'
import { allOf, type SearchPlan, type Stretch } from './search-plan.ts'

/** The order of a list: an index has these, and the last one tells rows apart. */
export interface ListOrder {
  readonly keys: readonly RawBuilder<string | number>[]
  /** A key before all others. */
  readonly start: Key
  /** The column of the last key. */
  readonly identity: string
  readonly isDescending?: boolean
}

export interface Walk {
  readonly plan: SearchPlan
  readonly order: ListOrder
}

/** Some rows of the list: for `FROM … AS w`, with the keys as `k0`, `k1` …; and what its rows must meet. */
export interface ListPart {
  readonly window: RawBuilder<object>
  readonly where: RawBuilder<SqlBool>
  readonly orderBy: RawBuilder<unknown>
}

/** Rows looked at in one statement at first, for each one wanted, and at most. */
const FIRST_PER_ROW = 4
const MOST_AT_ONCE = 2000
const FEWEST_AT_ONCE = 100
/** What a statement is to take, for SQLite keeps the event loop for as long; on a disk that is slow it looks at fewer rows. */
const STATEMENT_MS = 5

const keyNames = (order: ListOrder) => order.keys.map((_, index) => sql.ref(`w.k${index}`))
const direction = (order: ListOrder) => sql.raw(order.isDescending === true ? 'DESC' : 'ASC')
const inOrder = (order: ListOrder, keys: readonly RawBuilder<unknown>[]) =>
  sql.join(keys.map((key) => sql`${key} ${direction(order)}`))

function isBehind(order: ListOrder, keys: readonly RawBuilder<unknown>[], after: Key): RawBuilder<SqlBool> {
  const beyond = sql.raw(order.isDescending === true ? '<' : '>')
  if (keys.length === 1) return sql<SqlBool>`${keys[0]} ${beyond} ${after[0]}`
  return sql<SqlBool>`(${sql.join(keys)}) ${beyond} (${sql.join(after)})`
}

/**
 * What of an index is still to be walked. Behind a row of the list only its key counts as a beginning: of two, planners may take
 * the earlier. Where there is none, SQLite is given one that leaves nothing out: it guesses at conditions, and may sort what is
 * in order already.
 */
function ahead({ plan, order }: Walk, stream: readonly Stretch[], after: Key | undefined): RawBuilder<SqlBool> {
  const isDescending = order.isDescending === true
  const begins = stream.flatMap(({ from, to }) => (isDescending ? to : from) ?? [])
  const rest = stream.flatMap(({ alike, from, to }) =>
    [alike, isDescending ? from : to].filter((one) => one !== undefined),
  )
  if (after !== undefined) return allOf([...rest, ...begins.map(unindexed), isBehind(order, order.keys, after)])
  const needsStart = plan.kind === 'sqlite' && begins.length === 0
  return allOf([...rest, ...begins, ...(needsStart ? [isBehind(order, order.keys, order.start)] : [])])
}

/** The next rows of the walk, keys alone: an index has them, so that nothing else is read. */
function nextKeys(walk: Walk, limit: number, after: Key | undefined): RawBuilder<object> {
  const { plan, order } = walk
  const named = sql.join(order.keys.map((key, index) => sql`${key} AS ${sql.ref(`k${index}`)}`))
  const sorted = order.keys.map((_, index) => sql.ref(`k${index}`))
  const first = sql`ORDER BY ${inOrder(order, sorted)} LIMIT ${sql.lit(limit)}`
  const streams = plan.streams.map(
    (stream) => sql`SELECT ${named} FROM ${sql.table(plan.table)} WHERE ${ahead(walk, stream, after)}`,
  )
  if (streams.length === 1) return sql<object>`(${streams[0]} ${first})`
  // SQLite merges what it finds in order, as far as is asked for; PostgreSQL only where each part is bounded.
  const parts = plan.kind === 'sqlite' ? streams : streams.map((stream) => sql`(${stream} ${first})`)
  return sql<object>`(${sql.join(parts, sql` UNION ALL `)} ${first})`
}

function partOf(walk: Walk, after: Key | undefined, size: number): ListPart {
  const { plan, order } = walk
  const names = keyNames(order)
  const joined = sql<SqlBool>`${sql.ref(`${plan.table}.${order.identity}`)} = ${names.at(-1)}`
  const conditions = [joined, ...plan.conditions]
  const orderBy = inOrder(order, names)
  if (plan.few === undefined) {
    const window = nextKeys(walk, size, after)
    return { window, where: sql<SqlBool>`${sql.join(conditions, sql` AND `)}`, orderBy }
  }
  if (after !== undefined) conditions.push(isBehind(order, names, after))
  const keys = sql.join(order.keys.map((key, index) => sql`${key} AS ${sql.ref(`k${index}`)}`))
  // The limit takes nothing away: it keeps the planner from any other index than that of the few.
  const window = sql<object>`(SELECT ${keys} FROM ${sql.table(plan.table)} WHERE ${plan.few} LIMIT 1000000)`
  return { window, where: sql<SqlBool>`${sql.join(conditions, sql` AND `)}`, orderBy }
}

/** @returns the key of the last row of a part; undefined when the list ended before it was full. */
async function endOf(queries: Queries, walk: Walk, { after, size }: Position): Promise<Key | undefined> {
  const window = nextKeys(walk, size, after)
  const names = keyNames(walk.order)
  const { rows } = await sql<Readonly<Record<string, string | number>>>`SELECT w.* FROM ${window} AS w
    ORDER BY ${inOrder(walk.order, names)} LIMIT 1 OFFSET ${sql.lit(size - 1)}`.execute(queries)
  const [row] = rows
  return row && names.map((_, index) => row[`k${index}`] ?? 0) // the names of nextKeys
}

interface Position {
  readonly after: Key | undefined
  readonly size: number
}

/** So many rows as are looked at in the time that a statement may take, judged by the last one; it grows step by step. */
function nextSize(size: number, tookMs: number): number {
  const fitting = Math.min(4, STATEMENT_MS / Math.max(tookMs, 0.1))
  return Math.round(Math.min(MOST_AT_ONCE, Math.max(FEWEST_AT_ONCE, size * fitting)))
}

/** The parts of a walk; between them others have their turn of the event loop. */
async function* partsOf(
  queries: Queries,
  walk: Walk,
  { after: first, wanted }: { readonly after: Key | undefined; readonly wanted: number },
): AsyncGenerator<{ readonly part: ListPart; readonly after: Key | undefined }> {
  const { plan } = walk
  if (plan.streams.length === 0) return
  const isPlain = plan.conditions.length === 0
  let after = first
  let size = plan.isDense ? wanted : Math.min(MOST_AT_ONCE, wanted * FIRST_PER_ROW)
  for (;;) {
    await breathe()
    const start = performance.now()
    yield { part: partOf(walk, after, size), after }
    if (isPlain || plan.few !== undefined) return
    after = await endOf(queries, walk, { after, size })
    if (after === undefined) return
    size = nextSize(size, performance.now() - start)
  }
}

function stopwatch(limitMs = Number.POSITIVE_INFINITY): () => boolean {
  const start = performance.now()
  return () => performance.now() - start >= limitMs
}

/**
 * One page of a search. `read` gives the rows of a part in its order, `limit` at most. A search that took longer than
 * `page.lookForMs` gives what it found, with the way to go on.
 */
export async function walkedPage<Row, Item>(
  queries: Queries,
  walk: Walk,
  {
    page,
    read,
    item,
    key,
  }: {
    readonly page: SearchRequest
    readonly read: (part: ListPart, limit: number) => Promise<readonly Row[]>
    readonly item: (row: Row) => Item
    readonly key: (row: Row) => Key
  },
): Promise<Page<Item>> {
  const wanted = rowsToRead(page)
  const found: Row[] = []
  const first = keyAfter(page, walk.order.keys.length)
  const isOver = stopwatch(page.lookForMs)
  for await (const { part, after } of partsOf(queries, walk, { after: first, wanted })) {
    if (after !== first && after !== undefined && isOver()) return { items: found.map(item), next: cursorOf(after) }
    found.push(...(await read(part, wanted - found.length)))
    if (found.length === wanted) break
  }
  const shown = found.slice(0, page.limit)
  const last = shown.at(-1)
  const hasMore = found.length > page.limit && last !== undefined
  return { items: shown.map(item), ...(hasMore && { next: cursorOf(key(last)) }) }
}

/** How many rows a search would find, counted no further than `bound`, and for no longer than `lookForMs`. */
export async function walkedCount(
  queries: Queries,
  walk: Walk,
  { bound, lookForMs }: { readonly bound: number; readonly lookForMs?: number | undefined },
): Promise<BoundedCount> {
  let counted = 0
  const isOver = stopwatch(lookForMs)
  const { plan } = walk
  const wanted = plan.conditions.length === 0 ? bound + 1 : MOST_AT_ONCE
  for await (const { part, after } of partsOf(queries, walk, { after: undefined, wanted })) {
    if (after !== undefined && isOver()) return { count: counted, atLeast: true }
    const from = sql`${part.window} AS w`
    const among =
      plan.conditions.length === 0 ? from : sql`${from} CROSS JOIN ${sql.table(plan.table)} WHERE ${part.where}`
    const { rows } = await sql<{ counted: number }>`SELECT count(*) AS counted FROM ${among}`.execute(queries)
    counted += rows[0]?.counted ?? 0
    if (counted > bound) break
  }
  return boundedCount(counted, bound)
}
