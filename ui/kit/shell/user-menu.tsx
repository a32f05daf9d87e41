import { DropdownItem } from '@patternfly/react-core'
import { UserIcon } from '@patternfly/react-icons/dist/esm/icons/user-icon'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { MenuButton } from '../menus/menu-button.tsx'

interface UserMenuProps {
  name: string
  onLogOff: () => void
  /** Further entries, as DropdownItem. */
  children?: ReactNode
}

/** Who is logged on, and the way off. */
export function UserMenu({ name, onLogOff, children }: UserMenuProps) {
  const { t } = useTranslation('kit')
  const label = t('shell.userMenu')
  const shown = <span className="driftlock-user-name">{name}</span>
  return (
    <MenuButton
      label={label}
      toggle={{
        icon: <UserIcon />,
        'aria-label': `${label}: ${name}`,
        className: 'driftlock-user-menu',
        children: shown,
      }}
      isAtEnd
    >
      {children}
      <DropdownItem onClick={onLogOff}>{t('shell.logOff')}</DropdownItem>
    </MenuButton>
  )
}
