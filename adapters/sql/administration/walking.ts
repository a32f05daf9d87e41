import { setImmediate as breathe } from 'node:timers/promises'
import type { BoundedCount, Page, SearchRequest } from '@driftlock/application'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Queries } from '../engine.ts'
import { boundedCount, cursorOf, type Key, keyAfter, rowsToRead } from './paging.ts'
import { allOf, type SearchPlan } from './search-plan.ts'
import { type ListOrder, nextKeys, type Place, placeBehind, placeBeyond, sorted, windowKeys } from './list-order.ts'

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

function partOf({ plan, order }: Walk, place: Place, size: number): ListPart {
  const keys = windowKeys(order)
  const joined = sql<SqlBool>`${sql.ref(`${plan.table}.${order.identity}`)} = ${keys.at(-1)}`
  const window = nextKeys({ plan, order }, place, size)
  return { window, where: allOf([joined, ...plan.conditions]), orderBy: sorted(order, keys) }
}

/** @returns the key of the last row of a part; undefined when there was less than was asked for. */
async function endOf(queries: Queries, walk: Walk, { place, size }: Step): Promise<Key | undefined> {
  const keys = windowKeys(walk.order)
  const { rows } = await sql<
    Readonly<Record<string, string | number>>
  >`SELECT w.* FROM ${nextKeys(walk, place, size)} AS w
    ORDER BY ${sorted(walk.order, keys)} LIMIT 1 OFFSET ${sql.lit(size - 1)}`.execute(queries)
  const [row] = rows
  return row && keys.map((_, index) => row[`k${index}`] ?? 0) // the names of nextKeys
}

interface Step {
  readonly place: Place
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
  { after, wanted }: { readonly after: Key | undefined; readonly wanted: number },
): AsyncGenerator<{ readonly part: ListPart; readonly place: Place }> {
  const { plan } = walk
  if (plan.streams.length === 0) return
  const isPlain = plan.conditions.length === 0
  let place: Place | undefined = after === undefined ? { type: 'start' } : placeBehind(walk, after)
  let size = plan.isDense ? wanted : Math.min(MOST_AT_ONCE, wanted * FIRST_PER_ROW)
  while (place !== undefined) {
    await breathe()
    const start = performance.now()
    yield { part: partOf(walk, place, size), place }
    if (plan.few !== undefined) return
    const end: Key | undefined = isPlain ? undefined : await endOf(queries, walk, { place, size })
    place = end === undefined ? placeBeyond(place) : placeBehind(walk, end)
    if (!isPlain) size = nextSize(size, performance.now() - start)
  }
}

function stopwatch(limitMs = Number.POSITIVE_INFINITY): () => boolean {
  const start = performance.now()
  return () => performance.now() - start >= limitMs
}

interface PageReader<Row, Item> {
  readonly page: SearchRequest
  /** The rows of a part in its order, `limit` at most. */
  readonly read: (part: ListPart, limit: number) => Promise<readonly Row[]>
  readonly item: (row: Row) => Item
  readonly key: (row: Row) => Key
}

/** One page of a search. One that took longer than `page.lookForMs` gives what it found, with the way to go on. */
export async function walkedPage<Row, Item>(
  queries: Queries,
  walk: Walk,
  { page, read, item, key }: PageReader<Row, Item>,
): Promise<Page<Item>> {
  const wanted = rowsToRead(page)
  const found: Row[] = []
  const after = keyAfter(page, walk.order.keys.length)
  const isOver = stopwatch(page.lookForMs)
  let parts = 0
  for await (const { part, place } of partsOf(queries, walk, { after, wanted })) {
    if (parts++ > 0 && place.type !== 'start' && isOver()) return { items: found.map(item), next: cursorOf(place.key) }
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
  const isPlain = plan.conditions.length === 0
  const wanted = isPlain ? bound + 1 : MOST_AT_ONCE
  for await (const { part, place } of partsOf(queries, walk, { after: undefined, wanted })) {
    if (place.type !== 'start' && isOver()) return { count: counted, atLeast: true }
    const from = sql`${part.window} AS w`
    const among = isPlain ? from : sql`${from} CROSS JOIN ${sql.table(plan.table)} WHERE ${part.where}`
    const { rows } = await sql<{ counted: number }>`SELECT count(*) AS counted FROM ${among}`.execute(queries)
    counted += rows[0]?.counted ?? 0
    if (counted > bound) break
  }
  return boundedCount(counted, bound)
}
