import { Dropdown, DropdownItem, DropdownList, MenuToggle } from '@patternfly/react-core'
import { UserIcon } from '@patternfly/react-icons/dist/esm/icons/user-icon'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'

interface UserMenuProps {
  name: string
  onLogOff: () => void
  /** Further entries, as DropdownItem. */
  children?: ReactNode
}

/** Who is logged on, and the way off. */
export function UserMenu({ name, onLogOff, children }: UserMenuProps) {
  const { t } = useTranslation('kit')
  const [open, setOpen] = useState(false)
  return (
    <Dropdown
      isOpen={open}
      onOpenChange={setOpen}
      onOpenChangeKeys={['Escape']}
      shouldFocusFirstItemOnOpen
      shouldFocusToggleOnSelect
      popperProps={{ position: 'right' }}
      onSelect={() => {
        setOpen(false)
      }}
      toggle={(ref) => (
        <MenuToggle
          ref={ref}
          icon={<UserIcon />}
          aria-label={`${t('shell.userMenu')}: ${name}`}
          isExpanded={open}
          className="driftlock-user-menu"
          onClick={() => {
            setOpen(!open)
          }}
        >
          <span className="driftlock-user-name">{name}</span>
        </MenuToggle>
      )}
    >
      <DropdownList aria-label={t('shell.userMenu')}>
        {children}
        <DropdownItem onClick={onLogOff}>{t('shell.logOff')}</DropdownItem>
      </DropdownList>
    </Dropdown>
  )
}
