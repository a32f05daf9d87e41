import type { Outcome } from '@driftlock/contracts'
import { useTranslation } from 'react-i18next'
import { StatusLabel } from './condition-label.tsx'

const statusOf = { success: 'success', failure: 'danger', warning: 'warning' } as const

/** How it ended. */
export function OutcomeLabel({ outcome }: { outcome: Outcome }) {
  const { t } = useTranslation()
  return <StatusLabel status={statusOf[outcome]}>{t(`conditions.outcome.${outcome}`)}</StatusLabel>
}
