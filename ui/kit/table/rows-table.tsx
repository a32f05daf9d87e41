import { Checkbox } from '@patternfly/react-core'
import { Table, Tbody, Td, Th, Thead, type ThProps, Tr } from '@patternfly/react-table'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../states/empty-state.tsx'
import type { Column, ListSort, RowAction } from './column.ts'
import { RowMenu } from './row-menu.tsx'

interface RowsTableProps<Row> {
  label: string
  rows: readonly Row[]
  columns: readonly Column<Row>[]
  keyOf: (row: Row) => string
  nameOf: (row: Row) => string
  rowActions?: (row: Row) => readonly RowAction<Row>[]
  selected?: ReadonlyMap<string, Row>
  onSelect?: (rows: readonly Row[], isSelected: boolean) => void
  sort?: ListSort
  /** Shown where there are no rows. */
  empty?: ReactNode
}

/** Rows as a table; on a phone each row becomes a small block with its column titles. */
export function RowsTable<Row>(props: RowsTableProps<Row>) {
  if (props.rows.length === 0) return props.empty ?? <EmptyState />
  return <FilledTable {...props} />
}

function FilledTable<Row>(props: RowsTableProps<Row>) {
  const { label, rows, columns, keyOf, selected, onSelect, sort, rowActions } = props
  const { t } = useTranslation('kit')
  const id = useId()
  const allSelected = selected !== undefined && rows.every((row) => selected.has(keyOf(row)))
  return (
    <Table aria-label={label} variant="compact" gridBreakPoint="grid-md">
      <Thead>
        <Tr>
          {selected && onSelect && (
            <Th>
              <Checkbox
                id={`${id}-all`}
                aria-label={t('table.selectPage')}
                isChecked={allSelected}
                onChange={(_event, isSelected) => {
                  onSelect(rows, isSelected)
                }}
              />
            </Th>
          )}
          {columns.map((column, index) => (
            <Th key={column.id} {...sortOf(columns, index, sort)}>
              {column.title}
            </Th>
          ))}
          {rowActions && <Th screenReaderText={t('table.actions', { name: '' })} />}
        </Tr>
      </Thead>
      <Tbody>
        {rows.map((row) => (
          <TableRow key={keyOf(row)} {...props} row={row} />
        ))}
      </Tbody>
    </Table>
  )
}

/** Lists are in one direction only: what comes first in an order stays first. */
function sortOf<Row>(columns: readonly Column<Row>[], index: number, sort?: ListSort): Pick<ThProps, 'sort'> {
  const by = columns[index]?.sort
  if (sort === undefined || by === undefined) return {}
  const sorted = columns.findIndex((column) => column.sort === sort.by)
  return {
    sort: { columnIndex: index, sortBy: { index: sorted, direction: 'asc' }, onSort: () => sort.set(by) },
  }
}

function TableRow<Row>(props: RowsTableProps<Row> & { row: Row }) {
  const { row, columns, keyOf, nameOf, rowActions, selected, onSelect } = props
  const { t } = useTranslation('kit')
  const id = useId()
  const name = nameOf(row)
  return (
    <Tr>
      {selected && onSelect && (
        <Td>
          <Checkbox
            id={`${id}-select`}
            aria-label={t('table.select', { name })}
            isChecked={selected.has(keyOf(row))}
            onChange={(_event, isSelected) => {
              onSelect([row], isSelected)
            }}
          />
        </Td>
      )}
      {columns.map((column) => (
        <Td key={column.id} dataLabel={column.title}>
          {column.cell(row)}
        </Td>
      ))}
      {rowActions && (
        <Td isActionCell>
          <RowMenu row={row} name={name} actions={rowActions(row)} />
        </Td>
      )}
    </Tr>
  )
}
