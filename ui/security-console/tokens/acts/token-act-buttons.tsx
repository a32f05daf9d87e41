import { MenuButton } from '@driftlock/ui-kit'
import { Button, DropdownItem, Flex, FlexItem } from '@patternfly/react-core'
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
  const label = t('tokenActs.moreOf', { serial })
  return (
    <MenuButton label={label} toggle={{ size: 'sm', 'aria-label': label, children: t('tokenActs.more') }}>
      {acts.map((act) => (
        <DropdownItem key={act.name} isDanger={act.isDanger} onClick={act.run}>
          {act.title}
        </DropdownItem>
      ))}
    </MenuButton>
  )
}
