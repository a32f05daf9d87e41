import type { AnswerOf, Endpoint } from '@driftlock/contracts'
import { type CallInput, type PageCursor, type PageOfRows, useApiQuery, usePageCursor } from '@driftlock/ui-kit'
import type { UseQueryResult } from '@tanstack/react-query'
import { type SearchFields, useSearchFields } from '../search/use-search-fields.ts'

/** One row of what a paged endpoint answers. */
type RowOf<E extends Endpoint> = AnswerOf<E> extends PageOfRows<infer Row> ? Row : never

interface ListOptions<Name extends string> {
  /** What the list can be searched by, as the endpoint's query names it; kept in the address. */
  readonly fields?: readonly Name[]
  /** What is always asked for. */
  readonly always?: Readonly<Record<string, string>>
  /** What is asked for where the address says nothing of it. */
  readonly first?: Readonly<Partial<Record<Name, string>>>
  /** Name of the open page in the address, where a page has several lists. */
  readonly cursorName?: string
  /** Loads again after this time while the page is visible. */
  readonly refreshMs?: number
}

/** One page of a list, what it is searched by, and the way to its other pages. */
export interface List<Row, Name extends string = string> {
  readonly query: UseQueryResult<PageOfRows<Row>>
  readonly cursor: PageCursor
  readonly search: SearchFields<Name>
}

/** A list of the API, one keyset page at a time; search and page are in the address, for links and the back button. */
export function useList<E extends Endpoint, Name extends string = never>(
  endpoint: E,
  { fields = [], always, first, cursorName, refreshMs }: ListOptions<Name> = {},
): List<RowOf<E>, Name> {
  const cursor = usePageCursor(cursorName)
  const search = useSearchFields(fields)
  // What the address says is checked by the server like any query.
  const asked: object = { ...first, ...search.values, ...always, after: cursor.after }
  const input = { query: asked } as CallInput<E> // a list takes a query and nothing else
  const query = useApiQuery(endpoint, input, { keepPrevious: true, ...(refreshMs !== undefined && { refreshMs }) })
  // RowOf is read from this very answer.
  return { query: query as UseQueryResult<PageOfRows<RowOf<E>>>, cursor, search }
}
