import type { IfTokenBecomesAvailable } from '@driftlock/contracts'
import { NumberField, RadioField, SelectField } from '@driftlock/ui-kit'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

interface Lifetime {
  readonly lifetimeSeconds: number
  readonly ifTokenBecomesAvailable: IfTokenBecomesAvailable
}

interface LifetimeFieldsProps {
  value: Lifetime
  onChange: (value: Lifetime) => void
}

const secondsOf = { hours: 3600, days: 86_400 } as const
const rules = ['deny', 'allow-and-disable-emergency', 'allow-after-expiry'] as const

/** Emergency Access Tokencode Lifetime in hours or days, and If Token Becomes Available. */
export function LifetimeFields({ value, onChange }: LifetimeFieldsProps) {
  const { t } = useTranslation()
  const [unit, setUnit] = useState<'hours' | 'days'>(value.lifetimeSeconds % secondsOf.days === 0 ? 'days' : 'hours')
  const count = value.lifetimeSeconds / secondsOf[unit]
  const max = (366 * secondsOf.days) / secondsOf[unit]
  const isGood = count >= 1 && count <= max && Number.isInteger(value.lifetimeSeconds)
  return (
    <>
      <NumberField
        field={{
          name: 'lifetime',
          value: count,
          onChange: (next: number) => onChange({ ...value, lifetimeSeconds: next * secondsOf[unit] }),
          fault: isGood
            ? undefined
            : { key: count > max ? 'tooBig' : 'tooSmall', values: { limit: count > max ? max : 1 } },
          required: true,
          maxLength: undefined,
          min: 1,
          max,
        }}
        label={t('emergency.lifetime')}
      />
      <SelectField
        field={{
          name: 'unit',
          value: unit,
          onChange: (next) => {
            setUnit(next)
            onChange({ ...value, lifetimeSeconds: count * secondsOf[next] })
          },
        }}
        label={t('selfService.unit')}
        choices={[
          { value: 'hours', label: t('selfService.hours') },
          { value: 'days', label: t('selfService.days') },
        ]}
      />
      <RadioField
        field={{
          name: 'rule',
          value: value.ifTokenBecomesAvailable,
          onChange: (ifTokenBecomesAvailable) => onChange({ ...value, ifTokenBecomesAvailable }),
        }}
        label={t('emergency.ifAvailable')}
        choices={rules.map((rule) => ({
          value: rule,
          label: t(`emergency.rules.${rule}.title`),
          description: t(`emergency.rules.${rule}.meaning`),
        }))}
      />
    </>
  )
}
