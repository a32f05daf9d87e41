import { Toolbar, ToolbarContent, ToolbarGroup, ToolbarItem } from '@patternfly/react-core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { QueryView } from '../states/query-view.tsx'
import type { Column, ListSort, PageOfRows, RowAction } from './column.ts'
import { ColumnMenu } from './column-menu.tsx'
import { PageButtons } from './page-buttons.tsx'
import { RowsTable } from './rows-table.tsx'
import { SelectionBar } from './selection-bar.tsx'
import { type ColumnChoice, useColumns } from './use-columns.ts'
import type { PageCursor } from './use-page-cursor.ts'
import { useSelection } from './use-selection.ts'

export interface PagedTableProps<Row> {
  /** Names the table for screen readers. */
  label: string
  /** Name under which the chosen columns are remembered. */
  name: string
  columns: readonly Column<Row>[]
  query: UseQueryResult<PageOfRows<Row>>
  cursor: PageCursor
  keyOf: (row: Row) => string
  /** Names a row for screen readers and dialogs: the serial, the user ID. */
  nameOf: (row: Row) => string
  /** Context menu of a row. */
  rowActions?: (row: Row) => readonly RowAction<Row>[]
  /** Acts on the selected rows; the rows can be selected where this is given. */
  bulkActions?: (rows: readonly Row[], clear: () => void) => ReactNode
  /** Set where the titles of columns that have a `sort` put the list in order. */
  sort?: ListSort
  /** Shown where the list is empty. */
  empty?: ReactNode
}

/** A list of any length, one keyset page at a time, with column choice, row menu and selection. */
export function PagedTable<Row>(props: PagedTableProps<Row>) {
  const { query, keyOf, bulkActions } = props
  const choice = useColumns(props.name, props.columns)
  const { rows: selected, toggle, clear } = useSelection(keyOf)
  return (
    <>
      <TableToolbar {...props} choice={choice} />
      {bulkActions && selected.size > 0 && (
        <SelectionBar count={selected.size} onClear={clear}>
          {bulkActions([...selected.values()], clear)}
        </SelectionBar>
      )}
      <QueryView query={query}>
        {(page) => (
          <RowsTable
            {...props}
            rows={page.items}
            columns={choice.shown}
            {...(bulkActions && { selected, onSelect: toggle })}
          />
        )}
      </QueryView>
    </>
  )
}

/** Columns and pages of the table below. */
function TableToolbar<Row>(props: PagedTableProps<Row> & { choice: ColumnChoice<Row> }) {
  const { label, columns, query, cursor, choice } = props
  return (
    <Toolbar inset={{ default: 'insetNone' }}>
      <ToolbarContent>
        <ToolbarGroup align={{ default: 'alignEnd' }}>
          <ToolbarItem>
            <ColumnMenu columns={columns} choice={choice} />
          </ToolbarItem>
          <ToolbarItem>{query.data && <PageButtons label={label} page={query.data} cursor={cursor} />}</ToolbarItem>
        </ToolbarGroup>
      </ToolbarContent>
    </Toolbar>
  )
}
