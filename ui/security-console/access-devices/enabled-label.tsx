import { useTranslation } from 'react-i18next'
import { StatusLabel } from '../conditions/condition-label.tsx'

/** Whether an agent or a RADIUS client may ask. */
export function EnabledLabel({ isEnabled }: { isEnabled: boolean }) {
  const { t } = useTranslation()
  return (
    <StatusLabel status={isEnabled ? 'success' : 'danger'}>
      {t(isEnabled ? 'agents.enabled' : 'agents.disabled')}
    </StatusLabel>
  )
}
