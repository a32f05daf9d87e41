import type { MyToken } from '@driftlock/contracts'
import { Label } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'

const statuses = {
  ready: 'success',
  disabled: 'info',
  lost: 'danger',
  expired: 'danger',
  'not-started': 'info',
  'emergency-access': 'warning',
  'new-pin': 'info',
} as const

/** The one thing to know of a token first, in words. */
export function TokenCondition({ condition }: Pick<MyToken, 'condition'>) {
  const { t } = useTranslation()
  return <Label status={statuses[condition]}>{t(`conditions.${condition}`)}</Label>
}
