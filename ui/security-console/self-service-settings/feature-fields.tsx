import type { SelfServiceSettings } from '@driftlock/contracts'
import { CheckboxField } from '@driftlock/ui-kit'
import { FormFieldGroup, FormFieldGroupHeader } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'

const features = [
  'provisioning',
  'logOnSection',
  'troubleshootingLinks',
  'temporarilyUnavailable',
  'permanentlyLost',
  'forgotPin',
] as const
const methods = ['password', 'passcode', 'emergencyCode'] as const

interface FeatureFieldsProps {
  settings: SelfServiceSettings
  onChange: (settings: SelfServiceSettings) => void
}

/** What the Self-Service Console offers, in the words of seed 002. */
export function FeatureFields({ settings, onChange }: FeatureFieldsProps) {
  const { t } = useTranslation()
  return (
    <>
      <FormFieldGroup
        header={<FormFieldGroupHeader titleText={{ text: t('selfService.display'), id: 'driftlock-display' }} />}
      >
        {features.map((name) => (
          <CheckboxField
            key={name}
            field={{
              name,
              value: settings.features[name],
              onChange: (value) => onChange({ ...settings, features: { ...settings.features, [name]: value } }),
            }}
            label={t(`selfService.feature.${name}`)}
          />
        ))}
      </FormFieldGroup>
      <FormFieldGroup
        header={<FormFieldGroupHeader titleText={{ text: t('selfService.logOn'), id: 'driftlock-log-on' }} />}
      >
        {methods.map((name) => (
          <CheckboxField
            key={name}
            field={{
              name,
              value: settings.logOn[name],
              onChange: (value) => onChange({ ...settings, logOn: { ...settings.logOn, [name]: value } }),
            }}
            label={t(`selfService.method.${name}`)}
          />
        ))}
      </FormFieldGroup>
    </>
  )
}
