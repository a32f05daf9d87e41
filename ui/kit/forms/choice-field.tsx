import { FormSelect, FormSelectOption, Radio } from '@patternfly/react-core'
import { type ReactNode, useId } from 'react'
import { describedBy, FieldFrame } from './field-frame.tsx'
import type { BoundField } from './use-contract-form.ts'

export interface Choice<Value extends string> {
  readonly value: Value
  readonly label: string
  /** What this choice means. */
  readonly description?: ReactNode
}

interface ChoiceFieldProps<Value extends string> {
  field: Pick<BoundField<Value>, 'name' | 'value' | 'onChange'> & Partial<BoundField<Value>>
  label: string
  choices: readonly Choice<Value>[]
  help?: ReactNode
}

/** One of a few values, each with what it means, as radio buttons. */
export function RadioField<Value extends string>({ field, label, choices, help }: ChoiceFieldProps<Value>) {
  const id = useId()
  return (
    <FieldFrame id={id} label={label} help={help} fault={field.fault} role="radiogroup">
      {choices.map((choice) => (
        <Radio
          key={choice.value}
          id={`${id}-${choice.value}`}
          name={`${id}-${field.name}`}
          label={choice.label}
          description={choice.description}
          isChecked={field.value === choice.value}
          onChange={() => {
            field.onChange(choice.value)
          }}
        />
      ))}
    </FieldFrame>
  )
}

/** One of several values, as a drop-down list of the browser. */
export function SelectField<Value extends string>({ field, label, choices, help }: ChoiceFieldProps<Value>) {
  const id = useId()
  return (
    <FieldFrame id={id} label={label} required={field.required ?? false} help={help} fault={field.fault}>
      <FormSelect
        id={id}
        name={field.name}
        value={field.value}
        aria-describedby={describedBy(id)}
        validated={field.fault ? 'error' : 'default'}
        onChange={(_event, value) => {
          const chosen = choices.find((choice) => choice.value === value)
          if (chosen) field.onChange(chosen.value)
        }}
      >
        {choices.map((choice) => (
          <FormSelectOption key={choice.value} value={choice.value} label={choice.label} />
        ))}
      </FormSelect>
    </FieldFrame>
  )
}
