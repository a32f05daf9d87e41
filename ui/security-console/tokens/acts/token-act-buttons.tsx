import { Button, Dropdown, DropdownItem, DropdownList, Flex, FlexItem, MenuToggle } from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OfferedTokenAct } from './use-token-acts.tsx'

/** The help desk's own acts come as buttons, the rest in a menu. */
const asButtons = new Set([
  'resynchronise',
  'emergency',
  'clear-pin',
  'enable',
  'replace',
  'mark-found',
  'redistribute',
])

interface TokenActButtonsProps {
  acts: readonly OfferedTokenAct[]
  serial: string
}

/** Everything that can be done to one token, the frequent acts one click away. */
export function TokenActButtons({ acts, serial }: TokenActButtonsProps) {
  const more = acts.filter((act) => !asButtons.has(act.name))
  return (
    <Flex gap={{ default: 'gapSm' }}>
      {acts
        .filter((act) => asButtons.has(act.name))
        .map((act) => (
          <FlexItem key={act.name}>
            <Button variant="secondary" size="sm" onClick={act.run}>
              {act.title}
            </Button>
          </FlexItem>
        ))}
      {more.length > 0 && (
        <FlexItem>
          <MoreActs acts={more} serial={serial} />
        </FlexItem>
      )}
    </Flex>
  )
}

function MoreActs({ acts, serial }: TokenActButtonsProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <Dropdown
      isOpen={open}
      onOpenChange={setOpen}
      onSelect={() => setOpen(false)}
      shouldFocusFirstItemOnOpen
      shouldFocusToggleOnSelect
      toggle={(ref) => (
        <MenuToggle
          ref={ref}
          size="sm"
          isExpanded={open}
          aria-label={t('tokenActs.moreOf', { serial })}
          onClick={() => setOpen(!open)}
        >
          {t('tokenActs.more')}
        </MenuToggle>
      )}
    >
      <DropdownList aria-label={t('tokenActs.moreOf', { serial })}>
        {acts.map((act) => (
          <DropdownItem key={act.name} isDanger={act.isDanger} onClick={act.run}>
            {act.title}
          </DropdownItem>
        ))}
      </DropdownList>
    </Dropdown>
  )
}
