import type { SelfServiceSettings } from '@driftlock/contracts'
import { CheckboxField, NumberField, ownField, RadioField } from '@driftlock/ui-kit'
import { FormFieldGroup, FormFieldGroupHeader } from '@patternfly/react-core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { LifetimeFields } from './lifetime-fields.tsx'
import { rangeFault } from './range-fault.ts'

interface EmergencySettingsFieldsProps {
  settings: SelfServiceSettings
  onChange: (settings: SelfServiceSettings) => void
}

interface EmergencyFieldsProps {
  emergency: SelfServiceSettings['emergency']
  onChange: (some: Partial<SelfServiceSettings['emergency']>) => void
}

/** Emergency Access Tokencode Settings, and those for temporarily unavailable and lost tokens (seed 002). */
export function EmergencySettingsFields({ settings, onChange }: EmergencySettingsFieldsProps) {
  const { t } = useTranslation()
  const { emergency } = settings
  const change: EmergencyFieldsProps['onChange'] = (some) =>
    onChange({ ...settings, emergency: { ...emergency, ...some } })
  return (
    <>
      <Group name="emergency">
        <MethodFields emergency={emergency} onChange={change} />
      </Group>
      <Group name="temporary">
        <LifetimeFields value={emergency.temporary} onChange={(temporary) => change({ temporary })} />
      </Group>
      <Group name="permanent">
        <LifetimeFields value={emergency.permanent} onChange={(permanent) => change({ permanent })} />
      </Group>
      <Group name="replacement">
        <NumberField
          field={ownField({
            name: 'replacementDaysBeforeExpiry',
            value: settings.replacementDaysBeforeExpiry,
            onChange: (replacementDaysBeforeExpiry: number) => onChange({ ...settings, replacementDaysBeforeExpiry }),
            fault: rangeFault(settings.replacementDaysBeforeExpiry, 0, 366),
            required: true,
            min: 0,
            max: 366,
          })}
          label={t('selfService.replacementDays')}
        />
      </Group>
    </>
  )
}

function Group({ name, children }: { name: string; children: ReactNode }) {
  const { t } = useTranslation()
  const titleText = { text: t(`selfService.${name}`), id: `driftlock-${name}` }
  return <FormFieldGroup header={<FormFieldGroupHeader titleText={titleText} />}>{children}</FormFieldGroup>
}

function MethodFields({ emergency, onChange }: EmergencyFieldsProps) {
  const { t } = useTranslation()
  return (
    <>
      <CheckboxField
        field={{ name: 'allowed', value: emergency.allowed, onChange: (allowed) => onChange({ allowed }) }}
        label={t('selfService.allow')}
      />
      <RadioField
        field={{ name: 'method', value: emergency.method, onChange: (method) => onChange({ method }) }}
        label={t('selfService.emergencyMethod')}
        choices={[
          { value: 'one-time-set', label: t('emergency.set') },
          { value: 'temporary-fixed', label: t('emergency.fixed') },
        ]}
      />
      {emergency.method === 'one-time-set' && (
        <NumberField
          field={ownField({
            name: 'codeCount',
            value: emergency.codeCount,
            onChange: (codeCount: number) => onChange({ codeCount }),
            fault: rangeFault(emergency.codeCount, 1, 50),
            required: true,
            min: 1,
            max: 50,
          })}
          label={t('selfService.codeCount')}
        />
      )}
    </>
  )
}
