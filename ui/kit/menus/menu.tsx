import { Divider, Dropdown, DropdownItem, DropdownList, MenuToggle } from '@patternfly/react-core'
import { useEffect, useState } from 'react'
import type { MenuButtonProps } from './menu-button.tsx'
import type { MenuEntry } from './menu-entry.ts'

/** A menu with its button, for {@link MenuButton}: it opens as soon as it is there. */
export default function Menu({ label, toggle, isAtEnd = false, entries }: MenuButtonProps) {
  const [open, setOpen] = useState(false)
  // oxlint-disable-next-line react/set-state-in-effect -- PatternFly focuses the first entry of a closed menu that opens, not of one that begins open
  useEffect(() => setOpen(true), [])
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
      <DropdownList aria-label={label}>
        {entries.map((entry) => (
          <Entry key={entry.title} {...entry} />
        ))}
      </DropdownList>
    </Dropdown>
  )
}

function Entry({ title, onChoose, isDanger = false, isSelected, language, beginsGroup = false }: MenuEntry) {
  return (
    <>
      {beginsGroup && <Divider component="li" />}
      <DropdownItem
        isDanger={isDanger}
        {...(isSelected !== undefined && { isSelected })}
        {...(language !== undefined && { lang: language })}
        onClick={onChoose}
      >
        {title}
      </DropdownItem>
    </>
  )
}
