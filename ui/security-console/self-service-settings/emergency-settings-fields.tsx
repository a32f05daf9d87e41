import type { SelfServiceSettings } from '@driftlock/contracts'
import { CheckboxField, NumberField, RadioField } from '@driftlock/ui-kit'
import { FormFieldGroup, FormFieldGroupHeader } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { LifetimeFields } from './lifetime-fields.tsx'

interface EmergencySettingsFieldsProps {
  settings: SelfServiceSettings
  onChange: (settings: SelfServiceSettings) => void
}

const number = { required: true, maxLength: undefined }
const outside = (value: number, min: number, max: number) =>
  value >= min && value <= max
    ? undefined
    : { key: value > max ? 'tooBig' : 'tooSmall', values: { limit: value > max ? max : min } }

/** Emergency Access Tokencode Settings, and those for temporarily unavailable and lost tokens (seed 002). */
export function EmergencySettingsFields({ settings, onChange }: EmergencySettingsFieldsProps) {
  const { t } = useTranslation()
  const { emergency } = settings
  const change = (some: Partial<SelfServiceSettings['emergency']>) =>
    onChange({ ...settings, emergency: { ...emergency, ...some } })
  const group = (name: string) => (
    <FormFieldGroupHeader titleText={{ text: t(`selfService.${name}`), id: `driftlock-${name}` }} />
  )
  return (
    <>
      <FormFieldGroup header={group('emergency')}>
        <CheckboxField
          field={{ name: 'allowed', value: emergency.allowed, onChange: (allowed) => change({ allowed }) }}
          label={t('selfService.allow')}
        />
        <RadioField
          field={{ name: 'method', value: emergency.method, onChange: (method) => change({ method }) }}
          label={t('selfService.emergencyMethod')}
          choices={[
            { value: 'one-time-set', label: t('emergency.set') },
            { value: 'temporary-fixed', label: t('emergency.fixed') },
          ]}
        />
        {emergency.method === 'one-time-set' && (
          <NumberField
            field={{
              ...number,
              name: 'codeCount',
              value: emergency.codeCount,
              onChange: (codeCount: number) => change({ codeCount }),
              fault: outside(emergency.codeCount, 1, 50),
              min: 1,
              max: 50,
            }}
            label={t('selfService.codeCount')}
          />
        )}
      </FormFieldGroup>
      <FormFieldGroup header={group('temporary')}>
        <LifetimeFields value={emergency.temporary} onChange={(temporary) => change({ temporary })} />
      </FormFieldGroup>
      <FormFieldGroup header={group('permanent')}>
        <LifetimeFields value={emergency.permanent} onChange={(permanent) => change({ permanent })} />
      </FormFieldGroup>
      <FormFieldGroup header={group('replacement')}>
        <NumberField
          field={{
            ...number,
            name: 'replacementDaysBeforeExpiry',
            value: settings.replacementDaysBeforeExpiry,
            onChange: (replacementDaysBeforeExpiry: number) => onChange({ ...settings, replacementDaysBeforeExpiry }),
            fault: outside(settings.replacementDaysBeforeExpiry, 0, 366),
            min: 0,
            max: 366,
          }}
          label={t('selfService.replacementDays')}
        />
      </FormFieldGroup>
    </>
  )
}
