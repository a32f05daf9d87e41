import type { MyToken } from '@driftlock/contracts'
import { FormGroup, FormHelperText, HelperText, HelperTextItem, TextInput } from '@patternfly/react-core'
import { useId } from 'react'

interface TokencodeFieldProps {
  label: string
  value: string
  onChange: (code: string) => void
  fault: string | undefined
  token: Pick<MyToken, 'digits'>
}

/** A field for what the token shows: digits only, blanks in it are forgiven. */
export function TokencodeField({ label, value, onChange, fault, token }: TokencodeFieldProps) {
  const id = useId()
  return (
    <FormGroup label={label} fieldId={id} isRequired>
      <TextInput
        id={id}
        className="self-service-tokencode"
        value={value}
        type="text"
        inputMode="numeric"
        autoComplete="one-time-code"
        isRequired
        maxLength={token.digits + 3}
        validated={fault === undefined ? 'default' : 'error'}
        aria-describedby={`${id}-fault`}
        onChange={(_event, text) => {
          onChange(text.replaceAll(/\D/g, '').slice(0, token.digits))
        }}
      />
      <FormHelperText>
        <HelperText id={`${id}-fault`} isLiveRegion>
          {fault !== undefined && <HelperTextItem variant="error">{fault}</HelperTextItem>}
        </HelperText>
      </FormHelperText>
    </FormGroup>
  )
}
