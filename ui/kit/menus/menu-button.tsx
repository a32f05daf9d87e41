import { MenuToggle, type MenuToggleProps } from '@patternfly/react-core'
import { lazy, Suspense, useState } from 'react'
import type { MenuEntry } from './menu-entry.ts'

const Menu = lazy(() => import('./menu.tsx'))

export interface MenuButtonProps {
  /** Names the menu for screen readers. */
  label: string
  /** How the button looks, and what it says. */
  toggle: Omit<MenuToggleProps, 'ref' | 'innerRef' | 'isExpanded' | 'onClick'>
  /** For a button at the right edge of the page, whose menu opens to the left. */
  isAtEnd?: boolean
  entries: readonly MenuEntry[]
}

/**
 * A button with a menu: the first entry has the focus when it opens, the button when an entry was chosen.
 * The menu is loaded when it is first wanted: with what places it, it would be a tenth of every first load.
 */
export function MenuButton(props: MenuButtonProps) {
  const [isWanted, setWanted] = useState(false)
  const closed = <MenuToggle {...props.toggle} isExpanded={false} onClick={() => setWanted(true)} />
  if (!isWanted) return closed
  return (
    <Suspense fallback={closed}>
      <Menu {...props} />
    </Suspense>
  )
}
