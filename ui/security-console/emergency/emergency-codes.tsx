import type { EmergencyProposal, TokenSummary } from '@driftlock/contracts'
import { CodeList, formatMoment, useLanguage, userZone } from '@driftlock/ui-kit'
import { Alert } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import type { EmergencyForm } from './use-emergency-form.ts'
import { lifetimeOf } from './emergency-form-state.ts'

interface EmergencyCodesProps {
  token: TokenSummary
  form: EmergencyForm
  proposal: EmergencyProposal
}

/** Step 9 of seed 004: the codes below the button, to be recorded and told to the user. They are shown this once. */
export function EmergencyCodes({ token, form, proposal }: EmergencyCodesProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const expiresAt = lifetimeOf(form.choices) ?? null
  const user = token.owner?.displayName ?? ''
  const lines = [
    t('emergency.file.title', { serial: token.serial, user }),
    expiresAt === null
      ? t('emergency.file.noExpiration')
      : t('emergency.file.until', { until: formatMoment(expiresAt, language), zone: userZone() }),
    t(form.choices.method === 'one-time-set' ? 'emergency.file.once' : 'emergency.file.often'),
    t(proposal.pinNeeded ? 'emergency.file.withPin' : 'emergency.file.withoutPin'),
    '',
    ...proposal.codes,
    '',
  ]
  return (
    <div className="driftlock-gap">
      <Alert
        variant={form.isSaved ? 'info' : 'warning'}
        isInline
        isLiveRegion
        component="p"
        title={t(form.isSaved ? 'emergency.shownOnce' : 'emergency.notYetValid')}
      >
        {t(proposal.pinNeeded ? 'emergency.tellWithPin' : 'emergency.tellWithoutPin')}
      </Alert>
      <CodeList
        label={t('emergency.codes')}
        codes={proposal.codes}
        file={{ name: `emergency-codes-${token.serial}.txt`, text: lines.join('\r\n') }}
      />
    </div>
  )
}
