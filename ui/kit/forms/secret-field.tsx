import { type ReactNode, useId } from 'react'
import { FieldFrame } from './field-frame.tsx'
import { PlainSecretInput } from './plain-secret-input.tsx'
import type { BoundField } from './use-contract-form.ts'

interface SecretFieldProps {
  field: BoundField<string>
  label: string
  help?: ReactNode
  autoComplete: 'current-password' | 'new-password' | 'one-time-code' | 'off'
  inputMode?: 'text' | 'numeric'
}

/** A PIN, password or passcode of a contract form. */
export function SecretField({ field, label, help, autoComplete, inputMode = 'text' }: SecretFieldProps) {
  const id = useId()
  return (
    <FieldFrame id={id} label={label} required={field.required} help={help} fault={field.fault}>
      <PlainSecretInput
        id={id}
        name={field.name}
        value={field.value}
        onChange={field.onChange}
        isWrong={field.fault !== undefined}
        isRequired={field.required}
        autoComplete={autoComplete}
        inputMode={inputMode}
      />
    </FieldFrame>
  )
}
