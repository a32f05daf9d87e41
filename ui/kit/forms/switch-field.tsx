import { Checkbox, Switch } from '@patternfly/react-core'
import { type ReactNode, useId } from 'react'
import type { BoundField } from './use-contract-form.ts'

interface SwitchFieldProps {
  field: Pick<BoundField<boolean>, 'name' | 'value' | 'onChange'>
  label: string
  help?: ReactNode
}

/** On or off, in force when the form is saved. */
export function CheckboxField({ field, label, help }: SwitchFieldProps) {
  return (
    <Checkbox
      id={useId()}
      name={field.name}
      label={label}
      description={help}
      isChecked={field.value}
      onChange={(_event, checked) => {
        field.onChange(checked)
      }}
    />
  )
}

/** On or off, in force at once. */
export function SwitchField({ field, label }: SwitchFieldProps) {
  return (
    <Switch
      id={useId()}
      label={label}
      isChecked={field.value}
      onChange={(_event, checked) => {
        field.onChange(checked)
      }}
    />
  )
}
