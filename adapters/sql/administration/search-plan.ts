import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { EngineKind } from '../schema/column-types.ts'
import type { Queries } from '../engine.ts'
import type { Tables } from '../schema/tables.ts'
import { unindexed } from './paging.ts'

export type Condition = RawBuilder<SqlBool>

/** A stretch of an index: rows that are alike in its first columns, or that lie in a range of the key of its order. */
export interface Stretch {
  readonly alike?: Condition
  readonly from?: Condition
  readonly to?: Condition
}

/** One thing a list is searched by, and how an index helps to find it. */
export interface Criterion<Sort extends string> {
  readonly condition: Condition
  /** Every row that meets the condition lies in exactly one of these, and an index finds each; absent = no index does. */
  readonly stretches?: readonly Stretch[]
  /** The orders in which that index has the rows of a stretch; ranges are of the very key of the order. */
  readonly inOrder?: readonly Sort[]
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
  /** The few rows, to be sorted; absent = the streams are walked in order. */
  readonly few?: Condition
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

async function areFew({ queries, table }: Searched, condition: Condition): Promise<boolean> {
  const { rows } = await sql<{ counted: number }>`SELECT count(*) AS counted FROM
    (SELECT 1 AS one FROM ${sql.table(table)} WHERE ${condition} LIMIT ${sql.lit(FEW + 1)}) AS w`.execute(queries)
  return (rows[0]?.counted ?? 0) <= FEW
}

export function allOf(conditions: readonly Condition[]): Condition {
  return conditions.length === 0 ? sql`1 = 1` : sql`${sql.join(conditions, sql` AND `)}`
}

export function anyOf(conditions: readonly Condition[]): Condition {
  return sql`(${sql.join(conditions, sql` OR `)})`
}

function within({ alike: same, from, to }: Stretch): Condition {
  return allOf([same, from, to].filter((one) => one !== undefined))
}

/** Every stretch of one criterion within every stretch of the next. */
function crossed(all: readonly (readonly Stretch[])[]): SearchPlan['streams'] {
  return all.reduce<SearchPlan['streams']>(
    (streams, stretches) => streams.flatMap((stream) => stretches.map((one) => [...stream, one])),
    EVERYTHING,
  )
}

type Indexed<Sort extends string> = Criterion<Sort> & Required<Pick<Criterion<Sort>, 'stretches'>>

const isRange = <Sort extends string>({ stretches }: Indexed<Sort>) => stretches.every((one) => one.alike === undefined)

/**
 * How to find what meets all criteria in an order, at a cost that does not grow with the table: an index with few matches is
 * taken whole; else the index of the order is walked, within the stretches that the criteria leave of it. Criteria that
 * mean the fewest rows come first.
 */
export async function searchPlan<Sort extends string>(
  searched: Searched,
  { criteria: all, sort }: { readonly criteria: readonly Criterion<Sort>[]; readonly sort: Sort },
): Promise<SearchPlan> {
  const { table, kind } = searched
  const along = (streams: SearchPlan['streams'], left: readonly Criterion<Sort>[]): SearchPlan => {
    const conditions = left.map(({ condition }) => unindexed(condition))
    return { kind, table, streams, conditions, isDense: left.every(({ isUsual }) => isUsual) }
  }
  const hasOrder = ({ inOrder = [] }: Criterion<Sort>) => inOrder.includes(sort)
  const criteria = all.filter((one) => !one.isHint || hasOrder(one))
  const indexed = criteria.filter((one): one is Indexed<Sort> => one.stretches !== undefined)
  if (indexed.some(({ stretches }) => stretches.length === 0)) return along([], [])
  const ranges = indexed.filter((one) => hasOrder(one) && isRange(one))
  const leads = indexed.filter((one) => hasOrder(one) && !isRange(one))
  for (const one of indexed.filter((each) => !hasOrder(each) || (leads.length > 1 && leads.includes(each)))) {
    const few = anyOf(one.stretches.map(within))
    if (!(await areFew(searched, few))) continue
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
