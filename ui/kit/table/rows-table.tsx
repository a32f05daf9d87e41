import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table'
import { useTranslation } from 'react-i18next'
import type { Column, RowAction } from './column.ts'
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
}

/** Rows as a table; on a phone each row becomes a small block with its column titles. */
export function RowsTable<Row>(props: RowsTableProps<Row>) {
  const { label, rows, columns, keyOf, selected, onSelect, rowActions } = props
  const { t } = useTranslation('kit')
  const allSelected = selected !== undefined && rows.every((row) => selected.has(keyOf(row)))
  return (
    <Table aria-label={label} variant="compact" gridBreakPoint="grid-md">
      <Thead>
        <Tr>
          {selected && onSelect && (
            <Th
              aria-label={t('table.selectPage')}
              select={{
                isSelected: allSelected,
                onSelect: (_event, isSelected) => {
                  onSelect(rows, isSelected)
                },
              }}
            />
          )}
          {columns.map((column) => (
            <Th key={column.id}>{column.title}</Th>
          ))}
          {rowActions && <Th screenReaderText={t('table.actions', { name: '' })} />}
        </Tr>
      </Thead>
      <Tbody>
        {rows.map((row, index) => (
          <TableRow key={keyOf(row)} {...props} row={row} index={index} />
        ))}
      </Tbody>
    </Table>
  )
}

function TableRow<Row>(props: RowsTableProps<Row> & { row: Row; index: number }) {
  const { row, index, columns, keyOf, nameOf, rowActions, selected, onSelect } = props
  const { t } = useTranslation('kit')
  const name = nameOf(row)
  return (
    <Tr>
      {selected && onSelect && (
        <Td
          select={{
            rowIndex: index,
            isSelected: selected.has(keyOf(row)),
            onSelect: (_event, isSelected) => {
              onSelect([row], isSelected)
            },
            props: { 'aria-label': t('table.select', { name }) },
          }}
        />
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
