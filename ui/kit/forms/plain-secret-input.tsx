import { Button, InputGroup, InputGroupItem, TextInput } from '@patternfly/react-core'
import { EyeIcon } from '@patternfly/react-icons/dist/esm/icons/eye-icon'
import { EyeSlashIcon } from '@patternfly/react-icons/dist/esm/icons/eye-slash-icon'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { describedBy } from './field-frame.tsx'

interface PlainSecretInputProps {
  /** The id of its frame's label. */
  id: string
  value: string
  onChange: (value: string) => void
  /** `one-time-code` for what a token shows, `new-password` for a PIN that is chosen. */
  autoComplete: 'current-password' | 'new-password' | 'one-time-code' | 'off'
  name?: string
  isWrong?: boolean
  inputMode?: 'text' | 'numeric'
  isRequired?: boolean
}

/** An input for a PIN, password or passcode: hidden while it is typed, shown on request. */
export function PlainSecretInput(props: PlainSecretInputProps) {
  const { id, value, onChange, autoComplete, name, isWrong = false, inputMode = 'text', isRequired = true } = props
  const { t } = useTranslation('kit')
  const [shown, setShown] = useState(false)
  return (
    <InputGroup>
      <InputGroupItem isFill>
        <TextInput
          id={id}
          {...(name !== undefined && { name })}
          type={shown ? 'text' : 'password'}
          value={value}
          isRequired={isRequired}
          validated={isWrong ? 'error' : 'default'}
          autoComplete={autoComplete}
          autoCapitalize="none"
          spellCheck="false"
          inputMode={inputMode}
          aria-describedby={describedBy(id)}
          onChange={(_event, text) => {
            onChange(text)
          }}
        />
      </InputGroupItem>
      <InputGroupItem>
        <Button
          variant="control"
          icon={shown ? <EyeSlashIcon /> : <EyeIcon />}
          aria-label={shown ? t('forms.hide') : t('forms.show')}
          onClick={() => {
            setShown(!shown)
          }}
        />
      </InputGroupItem>
    </InputGroup>
  )
}
