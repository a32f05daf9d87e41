import { Button } from '@patternfly/react-core'
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
    <div className="driftlock-row driftlock-selection">
      <span role="status">{t('table.selected', { count })}</span>
      {children}
      <Button variant="link" isInline onClick={onClear}>
        {t('table.clearSelection')}
      </Button>
    </div>
  )
}
