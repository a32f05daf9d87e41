import { TextInput } from '@patternfly/react-core'
import { type ReactNode, useId } from 'react'
import { describedBy, FieldFrame } from './field-frame.tsx'
import type { BoundField } from './use-contract-form.ts'

interface NumberFieldProps {
  field: BoundField<number> | BoundField<number | undefined> | BoundField<number | null>
  label: string
  /** Say the unit here or in the label. */
  help?: ReactNode
}

/** A number with the limits of its schema. An empty field is NaN, which no schema accepts. */
export function NumberField({ field, label, help }: NumberFieldProps) {
  const id = useId()
  const { value } = field
  return (
    <FieldFrame id={id} label={label} required={field.required} help={help} fault={field.fault}>
      <TextInput
        id={id}
        name={field.name}
        type="number"
        value={value === null || value === undefined || Number.isNaN(value) ? '' : value}
        validated={field.fault ? 'error' : 'default'}
        isRequired={field.required}
        aria-describedby={describedBy(id)}
        {...(field.min !== undefined && Number.isFinite(field.min) && { min: field.min })}
        {...(field.max !== undefined && Number.isFinite(field.max) && { max: field.max })}
        onChange={(_event, text) => {
          field.onChange(text === '' ? Number.NaN : Number(text))
        }}
      />
    </FieldFrame>
  )
}
