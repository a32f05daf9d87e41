import { type ListSort, PagedTable, type PagedTableProps, PageFrame } from '@driftlock/ui-kit'
import type { ReactNode } from 'react'
import { SearchBar, type SearchBarProps } from '../search/search-bar.tsx'
import type { SearchFields } from '../search/use-search-fields.ts'
import { NothingListed, type NothingYet } from './nothing-listed.tsx'
import type { List } from './use-list.ts'

type Table<Row> = Pick<PagedTableProps<Row>, 'name' | 'columns' | 'nameOf' | 'rowActions' | 'bulkActions'>

interface ListPageProps<Row> extends Table<Row> {
  /** Of the page, and of the table for screen readers. */
  title: string
  lead?: string
  /** Buttons for the whole page. */
  actions?: ReactNode
  list: List<Row>
  /** How the list can be searched; absent where it cannot. */
  searchBy?: Omit<SearchBarProps, 'search'>
  /** The order while none is asked for, where the titles of the columns put the list in another. */
  sortedFirst?: string
  /** Above the list. */
  intro?: ReactNode
  /** What an empty list says that is not searched. */
  nothingYet: NothingYet
  /** Below the list: dialogs. */
  children?: ReactNode
}

/** The frame that all lists share: title and buttons, search, and a table of one page with its columns and pages. */
export function ListPage<Row extends { readonly id: string }>(props: ListPageProps<Row>) {
  const { title, lead, actions, list, searchBy, sortedFirst, intro, nothingYet, children, ...table } = props
  return (
    <PageFrame title={title} lead={lead} actions={actions}>
      <div className="driftlock-gap">
        {intro}
        {searchBy && <SearchBar search={list.search} {...searchBy} />}
        <div>
          <PagedTable<Row>
            {...table}
            label={title}
            query={list.query}
            cursor={list.cursor}
            {...(sortedFirst !== undefined && { sort: sortOf(list.search, sortedFirst) })}
            keyOf={(row) => row.id}
            empty={<NothingListed search={list.search} goOn={wayOn(list)} {...nothingYet} />}
          />
        </div>
      </div>
      {children}
    </PageFrame>
  )
}

function sortOf(search: SearchFields<string>, first: string): ListSort {
  return { by: search.values['sort'] ?? first, set: (by) => search.set({ sort: by === first ? '' : by }) }
}

/** Where a search that found nothing yet has not looked. */
function wayOn({ query, cursor }: Pick<List<unknown>, 'query' | 'cursor'>): (() => void) | undefined {
  const next = query.data?.next
  return next === undefined ? undefined : () => cursor.goTo(next)
}
