import { TextInput } from '@patternfly/react-core'
import { FieldFrame, userZone } from '@driftlock/ui-kit'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'

interface MomentFieldProps {
  label: string
  /** Milliseconds since 1970, UTC; null = none. */
  value: number | null
  onChange: (value: number | null) => void
  help?: ReactNode
  required?: boolean
  minMs?: number
}

/** A date and time in the user's own zone, which is named below it. */
export function MomentField({ label, value, onChange, help, required = false, minMs }: MomentFieldProps) {
  const { t } = useTranslation()
  const id = useId()
  return (
    <FieldFrame id={id} label={label} required={required} help={help ?? t('forms.inZone', { zone: userZone() })}>
      <TextInput
        id={id}
        type="datetime-local"
        isRequired={required}
        value={value === null ? '' : localText(value)}
        aria-describedby={`${id}-help`}
        {...(minMs !== undefined && { min: localText(minMs) })}
        onChange={(_event, text) => {
          const chosen = new Date(text).getTime()
          onChange(text === '' || Number.isNaN(chosen) ? null : chosen)
        }}
      />
    </FieldFrame>
  )
}

/** What the browser's field takes: local time without a zone, to the minute. */
function localText(atMs: number): string {
  const shifted = new Date(atMs - new Date(atMs).getTimezoneOffset() * 60_000)
  return shifted.toISOString().slice(0, 16)
}
