import { TextArea, TextInput } from '@patternfly/react-core'
import { type ReactNode, useId } from 'react'
import { describedBy, FieldFrame } from './field-frame.tsx'
import type { BoundField } from './use-contract-form.ts'

interface TextFieldProps {
  field: BoundField<string> | BoundField<string | undefined>
  label: string
  help?: ReactNode
  autoComplete?: string
  inputMode?: 'text' | 'numeric' | 'email' | 'url' | 'search'
  multiline?: boolean
  /** For the first field of a dialog: the cursor is there when it opens. */
  autoFocus?: boolean
}

/** One line of text, or several. */
export function TextField({ field, label, help, multiline = false, autoFocus = false, ...rest }: TextFieldProps) {
  const id = useId()
  const common = {
    id,
    name: field.name,
    value: field.value ?? '',
    'aria-describedby': describedBy(id),
    isRequired: field.required,
    validated: field.fault ? ('error' as const) : ('default' as const),
    ...(field.maxLength !== undefined && { maxLength: field.maxLength }),
    onChange: (_event: unknown, value: string) => {
      field.onChange(value)
    },
  }
  return (
    <FieldFrame id={id} label={label} required={field.required} help={help} fault={field.fault}>
      {multiline ? (
        <TextArea {...common} resizeOrientation="vertical" autoResize />
      ) : (
        <TextInput {...common} {...rest} type="text" ref={autoFocus ? takeFocus : undefined} />
      )}
    </FieldFrame>
  )
}

function takeFocus(input: HTMLInputElement | null): void {
  input?.focus()
}
