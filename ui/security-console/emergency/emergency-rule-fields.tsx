import type { TokenSummary } from '@driftlock/contracts'
import { RadioField } from '@driftlock/ui-kit'
import { Alert } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { MomentField } from '../forms/moment-field.tsx'
import { risksIn } from './emergency-form-state.ts'
import type { EmergencyForm } from './use-emergency-form.ts'

interface EmergencyRuleFieldsProps {
  token: TokenSummary
  form: EmergencyForm
}

const rules = ['deny', 'allow-and-disable-emergency', 'allow-after-expiry'] as const

/** Steps 10 and 11 of seed 004: the lifetime, and what holds if the token becomes available; contradictions at once. */
export function EmergencyRuleFields({ token, form }: EmergencyRuleFieldsProps) {
  const { t } = useTranslation()
  const { choices, contradictions } = form
  const shown = contradictions.filter((one) => one !== 'count')
  return (
    <>
      <RadioField
        field={{ name: 'lifetime', value: choices.lifetime, onChange: (lifetime) => form.choose({ lifetime }) }}
        label={t('emergency.lifetime')}
        choices={[
          { value: 'none', label: t('emergency.noExpiration') },
          { value: 'date', label: t('emergency.onDate') },
        ]}
      />
      {choices.lifetime === 'date' && (
        <MomentField
          label={t('emergency.expiresAt')}
          value={choices.expiresAt}
          onChange={(expiresAt) => form.choose({ expiresAt })}
          required
        />
      )}
      <RadioField
        field={{ name: 'rule', value: choices.rule, onChange: (rule) => form.choose({ rule }) }}
        label={t('emergency.ifAvailable')}
        choices={rules.map((value) => ({
          value,
          label: t(`emergency.rules.${value}.title`),
          description: t(`emergency.rules.${value}.meaning`),
        }))}
      />
      <div aria-live="polite" className="driftlock-gap">
        {shown.map((one) => (
          <Alert key={one} variant="danger" isInline component="p" title={t(`emergency.contradictions.${one}`)} />
        ))}
        {risksIn(choices, token).map((one) => (
          <Alert key={one} variant="warning" isInline component="p" title={t(`emergency.risks.${one}`)} />
        ))}
      </div>
    </>
  )
}
