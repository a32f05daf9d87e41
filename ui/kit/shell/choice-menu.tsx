import { Dropdown, DropdownItem, DropdownList, MenuToggle } from '@patternfly/react-core'
import { type ReactNode, useState } from 'react'

interface ChoiceMenuProps<Choice extends string> {
  label: string
  icon: ReactNode
  choices: readonly Choice[]
  chosen: Choice
  nameOf: (choice: Choice) => string
  onChoose: (choice: Choice) => void
  /** Language of each name, where the names are in different ones. */
  isLanguage?: boolean
}

/** A small menu of the masthead of which one entry is in force. */
export function ChoiceMenu<Choice extends string>(props: ChoiceMenuProps<Choice>) {
  const { label, icon, choices, chosen, nameOf, onChoose, isLanguage = false } = props
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
          variant="plain"
          icon={icon}
          aria-label={`${label}: ${nameOf(chosen)}`}
          isExpanded={open}
          onClick={() => {
            setOpen(!open)
          }}
        />
      )}
    >
      <DropdownList aria-label={label}>
        {choices.map((choice) => (
          <DropdownItem
            key={choice}
            isSelected={choice === chosen}
            {...(isLanguage && { lang: choice })}
            onClick={() => {
              onChoose(choice)
            }}
          >
            {nameOf(choice)}
          </DropdownItem>
        ))}
      </DropdownList>
    </Dropdown>
  )
}
