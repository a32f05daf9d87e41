import type { EmergencyAccess, TokenSummary } from '@driftlock/contracts'
import { CheckboxField, ProblemAlert } from '@driftlock/ui-kit'
import { Alert, Content } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { useWorded } from '../worded/use-worded.ts'
import { EmergencyCodes } from './emergency-codes.tsx'
import { EmergencyMethodFields } from './emergency-method-fields.tsx'
import { EmergencyRuleFields } from './emergency-rule-fields.tsx'
import type { EmergencyForm as Form } from './use-emergency-form.ts'

interface EmergencyFormProps {
  token: TokenSummary
  current: EmergencyAccess
  form: Form
}

/** The fields of Manage Emergency Access Tokencodes in the order of seed 004. */
export function EmergencyFields({ token, current, form }: EmergencyFormProps) {
  const { t } = useTranslation()
  const worded = useWorded()
  const { choices } = form
  return (
    <>
      <ProblemAlert error={form.error} />
      {form.isSaved && (
        <Alert
          variant="success"
          isInline
          isLiveRegion
          component="p"
          title={t(choices.online ? 'emergency.savedValid' : 'emergency.savedEnded')}
        />
      )}
      {current.refusals.map((refusal) => (
        <Alert key={refusal.code} variant="danger" isInline component="p" title={worded(refusal)} />
      ))}
      <CheckboxField
        field={{ name: 'online', value: choices.online, onChange: (online) => form.choose({ online }) }}
        label={t('emergency.online')}
        help={t('emergency.onlineHelp')}
      />
      {choices.online ? (
        <>
          <EmergencyMethodFields form={form} canGenerate={current.refusals.length === 0} />
          {choices.proposal && <EmergencyCodes token={token} form={form} proposal={choices.proposal} />}
          <EmergencyRuleFields token={token} form={form} />
        </>
      ) : (
        current.active && <Content component="p">{t('emergency.endsOnSave')}</Content>
      )}
    </>
  )
}
