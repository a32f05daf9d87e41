import { type BoundedCount, type Page, type PageRequest, StoreError } from '@driftlock/application'
import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely'
import { LAST_TEXT } from '../schema/column-types.ts'
import { searchKey } from '../rows/values.ts'

export type Key = readonly (string | number)[]

const LARGEST_PAGE = 1000

/** One row more than asked for, to know whether there is a next page. @throws StoreError `INVALID_VALUE`. */
export function rowsToRead({ limit }: PageRequest): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= LARGEST_PAGE) return limit + 1
  throw new StoreError('INVALID_VALUE', `limit must be a whole number from 1 to ${LARGEST_PAGE}.`, {
    facts: { field: 'limit' },
  })
}

/** @returns the key after which the page begins. @throws StoreError `INVALID_VALUE` for a cursor that is not ours. */
export function keyAfter({ after }: PageRequest, length: number): Key | undefined {
  if (after === undefined) return undefined
  try {
    const key: unknown = JSON.parse(Buffer.from(after, 'base64url').toString('utf8'))
    if (
      Array.isArray(key) &&
      key.length === length &&
      key.every((part) => typeof part === 'string' || typeof part === 'number')
    ) {
      return key
    }
  } catch {
    // Not JSON: refused below like every other foreign cursor.
  }
  throw new StoreError('INVALID_VALUE', 'The cursor of the page is not one this store made. Begin at the first page.', {
    facts: { field: 'after' },
  })
}

export function pageOf<Row, Item>(
  rows: readonly Row[],
  request: PageRequest,
  map: { readonly item: (row: Row) => Item; readonly key: (row: Row) => Key },
): Page<Item> {
  const shown = rows.slice(0, request.limit)
  const last = shown.at(-1)
  const hasMore = rows.length > request.limit && last !== undefined
  return {
    items: shown.map(map.item),
    ...(hasMore && { next: cursorOf(map.key(last)) }),
  }
}

/** The cursor of a page that begins behind a row. */
export function cursorOf(key: Key): string {
  return Buffer.from(JSON.stringify(key), 'utf8').toString('base64url')
}

export function boundedCount(counted: number, bound: number): BoundedCount {
  return counted > bound ? { count: bound, atLeast: true } : { count: counted, atLeast: false }
}

/** The text of `column` begins with `prefix`; an index on the column serves it. */
export function beginsWith(column: Expression<unknown> | RawBuilder<unknown>, prefix: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`(${column} >= ${prefix} AND ${column} < ${prefix + LAST_TEXT})`
}

/** As `beginsWith`, for a column that holds search keys. */
export function keyBeginsWith(column: Expression<unknown> | RawBuilder<unknown>, text: string): RawBuilder<SqlBool> {
  return beginsWith(column, searchKey(text))
}

/** The same condition, out of the planner's sight: rows are looked at, no index is chosen by it. */
export function unindexed(condition: RawBuilder<SqlBool>): RawBuilder<SqlBool> {
  return sql<SqlBool>`CASE WHEN ${condition} THEN 1 ELSE 0 END = 1`
}

export const NOTHING = sql<SqlBool>`1 = 0`
