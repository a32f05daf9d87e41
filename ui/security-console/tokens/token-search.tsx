import { SelectField } from '@driftlock/ui-kit'
import { Button, ExpandableSection, Flex, FlexItem, Form } from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MomentField } from '../forms/moment-field.tsx'
import { SavedSearches } from '../search/saved-searches.tsx'
import { SearchText } from '../search/search-text.tsx'
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

/** The search fields of the token list: one for most searches, the rest folded away. */
export function TokenSearch({ search }: TokenSearchProps) {
  const { t } = useTranslation()
  const { values } = search
  const further = Object.keys(values).filter((name) => name !== 'text').length
  const [open, setOpen] = useState(further > 0)
  return (
    <>
      <Flex>
        <FlexItem grow={{ default: 'grow' }}>
          <SearchText
            label={t('tokens.searchText')}
            value={values.text ?? ''}
            onSearch={(text) => search.set({ text })}
          />
        </FlexItem>
        <FlexItem>
          <SavedSearches list="tokens" />
        </FlexItem>
        {Object.keys(values).length > 0 && (
          <FlexItem>
            <Button variant="link" onClick={search.clear}>
              {t('search.clear')}
            </Button>
          </FlexItem>
        )}
      </Flex>
      <ExpandableSection
        toggleText={further > 0 ? t('search.furtherSet', { count: further }) : t('search.further')}
        isExpanded={open}
        onToggle={(_event, isOpen) => setOpen(isOpen)}
      >
        <FurtherFields search={search} />
      </ExpandableSection>
    </>
  )
}

function FurtherFields({ search: { values, set } }: TokenSearchProps) {
  const { t } = useTranslation()
  const choiceFields = { ...choices, ...Object.fromEntries(yesNo.map((name) => [name, ['true', 'false']])) }
  return (
    <Form className="driftlock-filters">
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
    </Form>
  )
}
