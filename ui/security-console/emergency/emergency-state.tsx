import type { EmergencyAccess } from '@driftlock/contracts'
import { formatMoment, useLanguage } from '@driftlock/ui-kit'
import { Content } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'

/** Whether emergency access stands, how many codes remain and until when, in one sentence. */
export function EmergencyState({ access }: { access: EmergencyAccess }) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (!access.active) return <Content component="p">{t('emergency.state.none')}</Content>
  const what =
    access.codesLeft === null
      ? t('emergency.state.fixed')
      : t('emergency.state.left', { count: access.codesLeft, of: access.codeCount ?? access.codesLeft })
  const until =
    access.expiresAt === null
      ? t('emergency.state.noEnd')
      : t(access.expired ? 'emergency.state.expired' : 'emergency.state.until', {
          until: formatMoment(access.expiresAt, language),
        })
  return <Content component="p">{`${what} ${until}`}</Content>
}
