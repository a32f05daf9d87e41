import { MenuToggle } from '@patternfly/react-core'
import { EllipsisVIcon } from '@patternfly/react-icons/dist/esm/icons/ellipsis-v-icon'
import { ActionsColumn } from '@patternfly/react-table'
import { useTranslation } from 'react-i18next'
import type { RowAction } from './column.ts'

interface RowMenuProps<Row> {
  row: Row
  /** Names the row: "Actions for 000123". */
  name: string
  actions: readonly RowAction<Row>[]
}

/** ActionsColumn hands these on to its Dropdown, though its type does not say so: a dialog gives the focus back to the row. */
const focusOfMenu = { shouldFocusFirstItemOnOpen: true, shouldFocusToggleOnSelect: true }

/** The context menu of a row, named after it; PatternFly's own button is called the same in every row. */
export function RowMenu<Row>({ row, name, actions }: RowMenuProps<Row>) {
  const { t } = useTranslation('kit')
  if (actions.length === 0) return null
  return (
    <ActionsColumn
      {...focusOfMenu}
      items={actions.map((action) => ({
        title: action.title,
        isDanger: action.isDanger === true,
        onClick: () => {
          action.onChoose(row)
        },
      }))}
      actionsToggle={({ onToggle, isOpen, isDisabled, toggleRef }) => (
        <MenuToggle
          ref={toggleRef}
          variant="plain"
          icon={<EllipsisVIcon />}
          aria-label={t('table.actions', { name })}
          isExpanded={isOpen}
          isDisabled={isDisabled}
          onClick={onToggle}
        />
      )}
    />
  )
}
