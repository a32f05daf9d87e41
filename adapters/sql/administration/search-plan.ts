import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { EngineKind } from '../schema/column-types.ts'
import type { Queries } from '../engine.ts'
import type { Tables } from '../schema/tables.ts'
import { unindexed } from './paging.ts'

export type Condition = RawBuilder<SqlBool>

/** A stretch of an index: rows that are alike in its first columns, or that lie in a range of the first key of its order. */
export interface Stretch {
  readonly alike?: Condition
  readonly from?: string | number
  /** The first value after the stretch. */
  readonly to?: string | number
}

/** One thing a list is searched by, and how an index helps to find it. */
export interface Criterion<Sort extends string> {
  readonly condition: Condition
  /** Every row that meets the condition lies in exactly one of these, and an index has each; absent = no index does. */
  readonly stretches?: readonly Stretch[]
  /** The orders in which that index has the rows of a stretch; ranges are of the very key of the order. */
  readonly inOrder?: readonly Sort[]
  /** Selections of ids that an index gives: together those of all rows that meet the condition. */
  readonly ids?: readonly RawBuilder<unknown>[]
  /** The stretches hold more than what meets the condition. */
  readonly isLoose?: true
  /** Nearly every row meets the condition. */
  readonly isUsual?: true
  /** Another criterion says the same: this one is for its order alone. */
  readonly isHint?: true
}

/** How a table is searched: as few rows that an index finds, or along an index that has the order of the list. */
export interface SearchPlan {
  readonly kind: EngineKind
  readonly table: keyof Tables & ('tokens' | 'users' | 'audit_records')
  /** A selection of the ids of the few, to be sorted; absent = the streams are walked in order. */
  readonly few?: RawBuilder<unknown>
  /** The stretches of index that are merged; none = nothing matches. */
  readonly streams: readonly (readonly Stretch[])[]
  /** What is then looked at row by row, out of the planner's sight. */
  readonly conditions: readonly Condition[]
  /** Nearly every row of the streams meets the conditions. */
  readonly isDense: boolean
}

/** Where searches run. */
export interface Searched {
  readonly queries: Queries
  readonly kind: EngineKind
  readonly table: SearchPlan['table']
}

/** Up to so many rows are found and sorted rather than looked for along the order: some 3 ms. */
const FEW = 1000
/** More stretches than this are not merged: the whole order is walked. */
const MOST_STREAMS = 100

const EVERYTHING: readonly (readonly Stretch[])[] = [[]]

/** A stretch that begins and ends with its rows alike. */
export function alike(condition: Condition): Stretch {
  return { alike: condition }
}

/** Each is bounded, so that planners know that the rows are few; the bound is reached by what is not. */
function bounded(ids: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  const parts = ids.map((one) => sql`SELECT * FROM (${one} LIMIT ${sql.lit(FEW + 1)}) AS p`)
  return sql`${sql.join(parts, sql` UNION ALL `)}`
}

async function areFew(queries: Queries, ids: RawBuilder<unknown>): Promise<boolean> {
  const { rows } = await sql<{ counted: number }>`SELECT count(*) AS counted FROM (${ids}) AS w`.execute(queries)
  return (rows[0]?.counted ?? 0) <= FEW
}

export function allOf(conditions: readonly Condition[]): Condition {
  return conditions.length === 0 ? sql`1 = 1` : sql`${sql.join(conditions, sql` AND `)}`
}

export function anyOf(conditions: readonly Condition[]): Condition {
  return sql`(${sql.join(conditions, sql` OR `)})`
}

/** Every stretch of one criterion within every stretch of the next. */
function crossed(all: readonly (readonly Stretch[])[]): SearchPlan['streams'] {
  return all.reduce<SearchPlan['streams']>(
    (streams, stretches) => streams.flatMap((stream) => stretches.map((one) => [...stream, one])),
    EVERYTHING,
  )
}

type InOrder<Sort extends string> = Criterion<Sort> & Required<Pick<Criterion<Sort>, 'stretches'>>

const isRange = <Sort extends string>({ stretches }: InOrder<Sort>) => stretches.every((one) => one.alike === undefined)

/**
 * How to find what meets all criteria in an order, at a cost that does not grow with the table: an index with few matches is
 * taken whole; else the index of the order is walked, within the stretches that the criteria leave of it. Criteria that
 * mean the fewest rows come first.
 */
export async function searchPlan<Sort extends string>(
  searched: Searched,
  { criteria: all, sort }: { readonly criteria: readonly Criterion<Sort>[]; readonly sort: Sort },
): Promise<SearchPlan> {
  const { queries, table, kind } = searched
  const along = (streams: SearchPlan['streams'], left: readonly Criterion<Sort>[]): SearchPlan => {
    const conditions = left.map(({ condition }) => unindexed(condition))
    return { kind, table, streams, conditions, isDense: left.every(({ isUsual }) => isUsual) }
  }
  const hasOrder = (one: Criterion<Sort>): one is InOrder<Sort> =>
    one.stretches !== undefined && one.inOrder?.includes(sort) === true
  const criteria = all.filter((one) => !one.isHint || hasOrder(one))
  if (criteria.some(({ stretches }) => stretches?.length === 0)) return along([], [])
  const inOrder = criteria.filter(hasOrder)
  const ranges = inOrder.filter(isRange)
  const leads = inOrder.filter((one) => !isRange(one))
  for (const one of criteria) {
    if (one.ids === undefined || (hasOrder(one) && (isRange(one) || leads.length === 1))) continue
    const few = bounded(one.ids)
    if (!(await areFew(queries, few))) continue
    const left = criteria.filter((other) => other !== one || other.isLoose)
    return { ...along(EVERYTHING, left), few }
  }
  const chosen = [...leads.slice(0, 1), ...ranges]
  const streams = crossed(chosen.map(({ stretches }) => stretches))
  if (streams.length > MOST_STREAMS) return along(EVERYTHING, criteria)
  const met = new Set<Criterion<Sort>>(chosen.filter((one) => !one.isLoose))
  return along(
    streams,
    criteria.filter((one) => !met.has(one)),
  )
}
