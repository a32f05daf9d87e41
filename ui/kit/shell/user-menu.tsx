import { UserIcon } from '@patternfly/react-icons/dist/esm/icons/user-icon'
import { useTranslation } from 'react-i18next'
import { MenuButton } from '../menus/menu-button.tsx'
import type { MenuEntry } from '../menus/menu-entry.ts'

interface UserMenuProps {
  name: string
  onLogOff: () => void
  /** Further entries. */
  entries: readonly MenuEntry[]
}

/** Who is logged on, and the way off. */
export function UserMenu({ name, onLogOff, entries }: UserMenuProps) {
  const { t } = useTranslation('kit')
  const label = t('shell.userMenu')
  const shown = <span className="driftlock-user-name">{name}</span>
  const look = { icon: <UserIcon />, className: 'driftlock-user-menu', children: shown }
  return (
    <MenuButton
      label={label}
      toggle={{ ...look, 'aria-label': `${label}: ${name}` }}
      isAtEnd
      entries={[...entries, { title: t('shell.logOff'), onChoose: onLogOff }]}
    />
  )
}
