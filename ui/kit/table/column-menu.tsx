import { Badge, MenuToggle, Select, SelectList, SelectOption } from '@patternfly/react-core'
import { ColumnsIcon } from '@patternfly/react-icons/dist/esm/icons/columns-icon'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Column } from './column.ts'
import type { ColumnChoice } from './use-columns.ts'

interface ColumnMenuProps<Row> {
  columns: readonly Column<Row>[]
  choice: ColumnChoice<Row>
}

/** Chooses the columns of a table. */
export function ColumnMenu<Row>({ columns, choice }: ColumnMenuProps<Row>) {
  const { t } = useTranslation('kit')
  const [open, setOpen] = useState(false)
  const optional = columns.filter((column) => column.fixed !== true)
  return (
    <Select
      role="menu"
      isOpen={open}
      onOpenChange={setOpen}
      onSelect={(_event, id) => {
        const column = optional.find((one) => one.id === id)
        if (column) choice.toggle(column)
      }}
      toggle={(ref) => (
        <MenuToggle
          ref={ref}
          icon={<ColumnsIcon />}
          isExpanded={open}
          badge={<Badge isRead>{choice.shown.length}</Badge>}
          onClick={() => {
            setOpen(!open)
          }}
        >
          {t('table.columns')}
        </MenuToggle>
      )}
    >
      <SelectList aria-label={t('table.columns')}>
        {optional.map((column) => (
          <SelectOption key={column.id} value={column.id} hasCheckbox isSelected={choice.isShown(column)}>
            {column.title}
          </SelectOption>
        ))}
      </SelectList>
    </Select>
  )
}
