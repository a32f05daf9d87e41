import { DropdownItem } from '@patternfly/react-core'
import type { ReactNode } from 'react'
import { MenuButton } from '../menus/menu-button.tsx'

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
  return (
    <MenuButton label={label} toggle={{ variant: 'plain', icon, 'aria-label': `${label}: ${nameOf(chosen)}` }} isAtEnd>
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
    </MenuButton>
  )
}
