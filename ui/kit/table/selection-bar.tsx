import { Button, Flex, FlexItem } from '@patternfly/react-core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

interface SelectionBarProps {
  count: number
  onClear: () => void
  children: ReactNode
}

/** How many rows are selected, over all pages, and what can be done with them. */
export function SelectionBar({ count, onClear, children }: SelectionBarProps) {
  const { t } = useTranslation('kit')
  return (
    <Flex className="driftlock-selection" alignItems={{ default: 'alignItemsCenter' }}>
      <FlexItem>
        <span role="status">{t('table.selected', { count })}</span>
      </FlexItem>
      <FlexItem>{children}</FlexItem>
      <FlexItem>
        <Button variant="link" isInline onClick={onClear}>
          {t('table.clearSelection')}
        </Button>
      </FlexItem>
    </Flex>
  )
}
