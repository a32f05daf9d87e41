import { CheckboxField, NumberField, ownField, SelectField, TextField } from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'
import { nullablePolicyFields, policyChoices, type PolicyScalar } from './policy-value.ts'

interface PolicyFieldProps {
  name: string
  value: PolicyScalar
  onChange: (value: PolicyScalar) => void
}

/** One value of a policy, by its kind: yes or no, a number, one of a few, or a list of words. */
export function PolicyField({ name, value, onChange }: PolicyFieldProps) {
  const { t } = useTranslation()
  const label = t(`policies.fields.${name}`)
  const choices = policyChoices[name]
  if (typeof value === 'boolean') return <CheckboxField field={{ name, value, onChange }} label={label} />
  if (choices && typeof value === 'string') {
    return (
      <SelectField
        field={{ name, value, onChange }}
        label={label}
        choices={choices.map((one) => ({ value: one, label: t(`policies.choices.${one}`) }))}
      />
    )
  }
  if (typeof value === 'number' || value === null) {
    const nullable = nullablePolicyFields.has(name)
    const unit = name.endsWith('Seconds') ? t('policies.inSeconds') : ''
    return (
      <NumberField
        field={ownField({
          name,
          value,
          onChange: (next: number | null) => onChange(next !== null && Number.isNaN(next) && nullable ? null : next),
          min: 0,
        })}
        label={label}
        help={nullable ? `${unit} ${t('policies.emptyUnlimited')}` : unit}
      />
    )
  }
  const text = typeof value === 'string' ? value : value.join('\n')
  return (
    <TextField
      field={ownField({
        name,
        value: text,
        onChange: (next: string) => onChange(next.split(/\s+/).filter((one) => one !== '')),
      })}
      label={label}
      help={t('policies.oneAWord')}
      multiline
    />
  )
}
