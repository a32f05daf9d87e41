import { Dropdown, DropdownList, MenuToggle, type MenuToggleProps } from '@patternfly/react-core'
import { type ReactNode, useState } from 'react'

interface MenuButtonProps {
  /** Names the menu for screen readers. */
  label: string
  /** How the button looks, and what it says. */
  toggle: Omit<MenuToggleProps, 'ref' | 'innerRef' | 'isExpanded' | 'onClick'>
  /** For a button at the right edge of the page, whose menu opens to the left. */
  isAtEnd?: boolean
  /** The entries, as DropdownItem. */
  children: ReactNode
}

/** A button with a menu: the first entry has the focus when it opens, the button when an entry was chosen. */
export function MenuButton({ label, toggle, isAtEnd = false, children }: MenuButtonProps) {
  const [open, setOpen] = useState(false)
  return (
    <Dropdown
      isOpen={open}
      onOpenChange={setOpen}
      onSelect={() => setOpen(false)}
      shouldFocusFirstItemOnOpen
      shouldFocusToggleOnSelect
      {...(isAtEnd && { onOpenChangeKeys: ['Escape'], popperProps: { position: 'right' as const } })}
      toggle={(ref) => <MenuToggle {...toggle} ref={ref} isExpanded={open} onClick={() => setOpen(!open)} />}
    >
      <DropdownList aria-label={label}>{children}</DropdownList>
    </Dropdown>
  )
}
