import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { LAST_TEXT } from '../schema/column-types.ts'
import { type Key, unindexed } from './paging.ts'
import { allOf, type Condition, type SearchPlan, type Stretch } from './search-plan.ts'

/** The order of a list: an index has these keys, and the last one tells rows apart. */
export interface ListOrder {
  readonly keys: readonly RawBuilder<string | number>[]
  /** A value before all others of the first key. */
  readonly start: string | number
  /** The first key is no plain column. */
  readonly beginsWithExpression: boolean
  /** The column of the last key. */
  readonly identity: string
  readonly isDescending?: boolean
}

interface Listed {
  readonly plan: SearchPlan
  readonly order: ListOrder
}

/**
 * How far a walk has come. `behind`: what follows the key. SQLite seeks a tuple in an index only where its first key is a plain
 * column; of an expression it first seeks what follows and is `alike` in the first key, then what is `beyond` that.
 */
export type Place = { readonly type: 'start' } | { readonly type: 'behind' | 'alike' | 'beyond'; readonly key: Key }

export function placeBehind({ plan, order }: Listed, key: Key): Place {
  const seeksTuples = plan.kind === 'postgresql' || !order.beginsWithExpression
  return { type: seeksTuples ? 'behind' : 'alike', key }
}

/** @returns where to go on when a place has no more rows; undefined = the list is at its end. */
export function placeBeyond(place: Place): Place | undefined {
  if (place.type !== 'alike') return undefined
  const [first = '', ...rest] = place.key
  return { type: 'beyond', key: [first, ...rest.map(() => LAST_TEXT)] } // as a cursor: behind all that are alike
}

export function windowKeys(order: ListOrder): readonly RawBuilder<unknown>[] {
  return order.keys.map((_, index) => sql.ref(`w.k${index}`))
}

export function sorted(order: ListOrder, keys: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  const direction = sql.raw(order.isDescending === true ? 'DESC' : 'ASC')
  return sql.join(keys.map((key) => sql`${key} ${direction}`))
}

function isBehind(order: ListOrder, keys: readonly RawBuilder<unknown>[], after: Key): RawBuilder<SqlBool> {
  const beyond = sql.raw(order.isDescending === true ? '<' : '>')
  if (keys.length === 1) return sql<SqlBool>`${keys[0]} ${beyond} ${after[0]}`
  return sql<SqlBool>`(${sql.join(keys)}) ${beyond} (${sql.join(after.slice(0, keys.length))})`
}

/** As both engines compare: numbers, or texts by their bytes. */
function precedes(one: string | number, other: string | number): boolean {
  if (typeof one === 'number' && typeof other === 'number') return one < other
  return Buffer.compare(Buffer.from(String(one)), Buffer.from(String(other))) < 0
}

/**
 * What of a stream is still to be walked: one beginning alone, for of two planners may take the earlier. Where there is none,
 * SQLite is given one that leaves nothing out: it guesses at conditions, and may sort what is in order already.
 * @returns undefined when nothing of the stream lies there.
 */
function ahead({ plan, order }: Listed, stream: readonly Stretch[], place: Place): Condition | undefined {
  const { isDescending = false, keys } = order
  const first = keys[0] ?? sql`1`
  const alike = stream.flatMap((one) => one.alike ?? [])
  const lows = stream
    .flatMap((one) => one.from ?? [])
    .map((value) => ({ value, is: sql<SqlBool>`${first} >= ${value}` }))
  const highs = stream.flatMap((one) => one.to ?? []).map((value) => ({ value, is: sql<SqlBool>`${first} < ${value}` }))
  const [begins, ends] = isDescending ? [highs, lows] : [lows, highs]
  const rest = [...alike, ...ends.map(({ is }) => is)]
  const reached = place.type === 'start' ? undefined : (place.key[0] ?? '')
  const isAhead = ({ value }: { readonly value: string | number }) =>
    reached === undefined || (isDescending ? !precedes(reached, value) : precedes(reached, value))
  const toCome = begins.filter(isAhead)
  if (toCome.length > 0) return place.type === 'alike' ? undefined : allOf([...rest, ...toCome.map(({ is }) => is)])
  if (place.type === 'behind') return allOf([...rest, isBehind(order, keys, place.key)])
  if (place.type === 'beyond') return allOf([...rest, isBehind(order, keys.slice(0, 1), place.key)])
  if (place.type === 'alike') {
    return allOf([...rest, sql`${first} = ${reached}`, isBehind(order, keys.slice(1), place.key.slice(1))])
  }
  return allOf([...rest, ...(plan.kind === 'sqlite' ? [isBehind(order, keys.slice(0, 1), [order.start])] : [])])
}

/** The few, not yet in order; the limits keep planners from any other index, and are not reached. */
function fewKeys({ plan, order }: Listed, few: RawBuilder<unknown>, place: Place): RawBuilder<object> {
  const behind = place.type === 'start' ? sql`` : sql` AND ${unindexed(isBehind(order, order.keys, place.key))}`
  return sql<object>`(SELECT ${named(order)} FROM ${sql.table(plan.table)} WHERE id IN (${few})${behind} LIMIT 1000000)`
}

function named(order: ListOrder): RawBuilder<unknown> {
  return sql.join(order.keys.map((key, index) => sql`${key} AS ${sql.ref(`k${index}`)}`))
}

/** The next rows of the walk, keys alone: an index has them, so that nothing else is read. */
export function nextKeys({ plan, order }: Listed, place: Place, limit: number): RawBuilder<object> {
  if (plan.few !== undefined) return fewKeys({ plan, order }, plan.few, place)
  // What is alike in the first key is in order by the others.
  const names = order.keys.map((_, index) => sql.ref(`k${index}`)).slice(place.type === 'alike' ? 1 : 0)
  const first = sql`ORDER BY ${sorted(order, names)} LIMIT ${sql.lit(limit)}`
  const streams = plan.streams
    .flatMap((stream) => ahead({ plan, order }, stream, place) ?? [])
    .map((condition) => sql`SELECT ${named(order)} FROM ${sql.table(plan.table)} WHERE ${condition}`)
  if (streams.length === 0) return sql<object>`(SELECT ${named(order)} FROM ${sql.table(plan.table)} WHERE 1 = 0)`
  if (streams.length === 1) return sql<object>`(${streams[0]} ${first})`
  // SQLite merges what it finds in order, as far as is asked for; PostgreSQL only where each part is bounded.
  const parts = plan.kind === 'sqlite' ? streams : streams.map((stream) => sql`(${stream} ${first})`)
  return sql<object>`(${sql.join(parts, sql` UNION ALL `)} ${first})`
}
