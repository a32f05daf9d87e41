import type { IfTokenBecomesAvailable } from '@driftlock/contracts'
import { NumberField, ownField, RadioField, SelectField } from '@driftlock/ui-kit'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { rangeFault } from './range-fault.ts'

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
  return (
    <>
      <LengthFields value={value} onChange={onChange} />
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

function LengthFields({ value, onChange }: LifetimeFieldsProps) {
  const { t } = useTranslation()
  const [unit, setUnit] = useState<'hours' | 'days'>(value.lifetimeSeconds % secondsOf.days === 0 ? 'days' : 'hours')
  const count = value.lifetimeSeconds / secondsOf[unit]
  const max = (366 * secondsOf.days) / secondsOf[unit]
  const change = (next: number, of = unit) => onChange({ ...value, lifetimeSeconds: next * secondsOf[of] })
  return (
    <>
      <NumberField
        field={ownField({
          name: 'lifetime',
          value: count,
          onChange: (next: number) => change(next),
          fault: rangeFault(Number.isInteger(value.lifetimeSeconds) ? count : 0, 1, max),
          required: true,
          min: 1,
          max,
        })}
        label={t('emergency.lifetime')}
      />
      <SelectField
        field={{
          name: 'unit',
          value: unit,
          onChange: (next) => {
            setUnit(next)
            change(count, next)
          },
        }}
        label={t('selfService.unit')}
        choices={(['hours', 'days'] as const).map((one) => ({ value: one, label: t(`selfService.${one}`) }))}
      />
    </>
  )
}
