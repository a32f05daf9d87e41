import { SelectField } from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'
import { MomentField } from '../forms/moment-field.tsx'
import type { SearchFields } from '../search/use-search-fields.ts'
import { DomainField } from '../security-domains/domain-field.tsx'
import type { TokenSearchName } from './token-search-names.ts'

interface TokenSearchProps {
  search: SearchFields<TokenSearchName>
}

const yesNo = [
  'assigned',
  'enabled',
  'lost',
  'hasEmergencyAccess',
  'hasPin',
  'newPinRequired',
  'redistributionPending',
] as const
const choices = {
  kind: ['securid', 'totp', 'hotp'],
  formFactor: ['key-fob', 'pinpad', 'software'],
  sort: ['serial', 'expiry', 'last-used', 'leaves-window', 'owner'],
} as const
const moments = ['expiresFrom', 'expiresBefore', 'leavesWindowBefore', 'unusedSince'] as const

/** What tokens are searched by beside the text that most searches need. */
export function TokenSearchFields({ search: { values, set } }: TokenSearchProps) {
  const { t } = useTranslation()
  const choiceFields = { ...choices, ...Object.fromEntries(yesNo.map((name) => [name, ['true', 'false']])) }
  return (
    <>
      {Object.entries<readonly string[]>(choiceFields).map(([name, options]) => (
        <SelectField
          key={name}
          field={{
            name,
            value: new Map(Object.entries(values)).get(name) ?? '',
            onChange: (value) => set({ [name]: value }),
          }}
          label={t(`tokens.search.${name}`)}
          choices={[
            { value: '', label: name === 'sort' ? t('search.usual') : t('search.any') },
            ...options.map((value) => ({
              value,
              label: t(options.includes('true') ? `search.${value}` : `tokens.${name}s.${value}`),
            })),
          ]}
        />
      ))}
      <DomainField
        label={t('tokens.domain')}
        value={values.securityDomainId ?? ''}
        onChange={(securityDomainId) => set({ securityDomainId })}
        anyLabel={t('search.any')}
      />
      {moments.map((name) => (
        <MomentField
          key={name}
          label={t(`tokens.search.${name}`)}
          value={values[name] === undefined ? null : Number(values[name])}
          onChange={(value) => set({ [name]: value === null ? '' : String(value) })}
        />
      ))}
    </>
  )
}
