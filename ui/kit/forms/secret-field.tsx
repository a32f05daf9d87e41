import { Button, InputGroup, InputGroupItem, TextInput } from '@patternfly/react-core'
import { EyeIcon } from '@patternfly/react-icons/dist/esm/icons/eye-icon'
import { EyeSlashIcon } from '@patternfly/react-icons/dist/esm/icons/eye-slash-icon'
import { type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { describedBy, FieldFrame } from './field-frame.tsx'
import type { BoundField } from './use-contract-form.ts'

interface SecretFieldProps {
  field: BoundField<string>
  label: string
  help?: ReactNode
  /** `one-time-code` for what a token shows, `new-password` for a PIN that is chosen. */
  autoComplete: 'current-password' | 'new-password' | 'one-time-code' | 'off'
  inputMode?: 'text' | 'numeric'
}

/** A PIN, password or passcode: hidden while it is typed, shown on request. */
export function SecretField({ field, label, help, autoComplete, inputMode = 'text' }: SecretFieldProps) {
  const { t } = useTranslation('kit')
  const id = useId()
  const [shown, setShown] = useState(false)
  return (
    <FieldFrame id={id} label={label} required={field.required} help={help} fault={field.fault}>
      <InputGroup>
        <InputGroupItem isFill>
          <TextInput
            id={id}
            name={field.name}
            type={shown ? 'text' : 'password'}
            value={field.value}
            isRequired={field.required}
            validated={field.fault ? 'error' : 'default'}
            autoComplete={autoComplete}
            autoCapitalize="none"
            spellCheck="false"
            inputMode={inputMode}
            aria-describedby={describedBy(id)}
            onChange={(_event, value) => {
              field.onChange(value)
            }}
          />
        </InputGroupItem>
        <InputGroupItem>
          <Button
            variant="control"
            icon={shown ? <EyeSlashIcon /> : <EyeIcon />}
            aria-label={shown ? t('forms.hide') : t('forms.show')}
            aria-pressed={shown}
            onClick={() => {
              setShown(!shown)
            }}
          />
        </InputGroupItem>
      </InputGroup>
    </FieldFrame>
  )
}
