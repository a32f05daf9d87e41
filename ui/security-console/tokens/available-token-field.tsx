import { tokenEndpoints } from '@driftlock/contracts'
import { FieldFrame, useApiQuery } from '@driftlock/ui-kit'
import { FormSelect, FormSelectOption, TextInput } from '@patternfly/react-core'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'

interface AvailableTokenFieldProps {
  /** Id of the chosen token; empty = none. */
  value: string
  onChange: (tokenId: string) => void
}

/** Chooses one of the tokens that belong to nobody, found by the beginning of the serial. */
export function AvailableTokenField({ value, onChange }: AvailableTokenFieldProps) {
  const { t } = useTranslation()
  const id = useId()
  const [serial, setSerial] = useState('')
  const found = useApiQuery(
    tokenEndpoints.listTokens,
    { query: { assigned: 'false', limit: 20, ...(serial !== '' && { serial }) } },
    { keepPrevious: true },
  )
  const items = found.data?.items ?? []
  return (
    <>
      <FieldFrame id={`${id}-serial`} label={t('availableToken.serial')} help={t('availableToken.help')}>
        <TextInput
          id={`${id}-serial`}
          value={serial}
          inputMode="numeric"
          aria-describedby={`${id}-serial-help`}
          onChange={(_event, text) => setSerial(text)}
        />
      </FieldFrame>
      <FieldFrame id={id} label={t('availableToken.token')} required>
        <FormSelect id={id} value={value} onChange={(_event, chosen) => onChange(chosen)}>
          <FormSelectOption value="" label={items.length === 0 ? t('availableToken.none') : t('forms.choose')} />
          {items.map((token) => (
            <FormSelectOption
              key={token.id}
              value={token.id}
              label={`${token.serial} · ${t(`tokens.formFactors.${token.formFactor}`)}`}
            />
          ))}
        </FormSelect>
      </FieldFrame>
    </>
  )
}
