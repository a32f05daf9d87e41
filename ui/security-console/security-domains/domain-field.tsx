import { securityDomainEndpoints } from '@driftlock/contracts'
import { SelectField, useApiQuery } from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'

interface DomainFieldProps {
  label: string
  value: string
  onChange: (securityDomainId: string) => void
  help?: string
  /** Words for no choice at all: "All"; absent where one must be chosen. */
  anyLabel?: string
}

/** Chooses a security domain; each is named by its path from the root. */
export function DomainField({ label, value, onChange, help, anyLabel }: DomainFieldProps) {
  const { t } = useTranslation()
  const domains = useApiQuery(securityDomainEndpoints.listSecurityDomains, {})
  const choices = (domains.data?.items ?? []).map(({ id, path }) => ({ value: id, label: path }))
  const none = anyLabel ?? (value === '' ? t('forms.choose') : undefined)
  return (
    <SelectField
      field={{ name: 'securityDomainId', value, onChange }}
      label={label}
      choices={none === undefined ? choices : [{ value: '', label: none }, ...choices]}
      {...(help !== undefined && { help })}
    />
  )
}
