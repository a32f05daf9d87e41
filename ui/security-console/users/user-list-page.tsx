import { type UserSummary, userEndpoints } from '@driftlock/contracts'
import { PagedTable, PageFrame, SelectField, useApiQuery, usePageCursor } from '@driftlock/ui-kit'
import { Flex, FlexItem } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { LinkButton } from '../forms/link-button.tsx'
import { SavedSearches } from '../search/saved-searches.tsx'
import { SearchText } from '../search/search-text.tsx'
import { type SearchFields, useSearchFields } from '../search/use-search-fields.ts'
import { DomainField } from '../security-domains/domain-field.tsx'
import { useMay } from '../session/session-context.ts'
import { useUserColumns } from './use-user-columns.tsx'

const names = ['text', 'securityDomainId', 'enabled', 'locked', 'hasToken', 'expiresBefore'] as const

/** Identity > Users. */
export function UserListPage() {
  const { t } = useTranslation()
  const may = useMay()
  const cursor = usePageCursor()
  const search = useSearchFields(names)
  const query = useApiQuery(
    userEndpoints.listUsers,
    // What the address says is checked by the server like any query.
    {
      query: {
        ...(search.values as object), // fields of a form: a plain object
        count: 'true',
        ...(cursor.after !== undefined && { after: cursor.after }),
      },
    },
    { keepPrevious: true },
  )
  return (
    <PageFrame
      title={t('users.listTitle')}
      actions={
        may('create-user') && (
          <LinkButton to="/users/new" variant="primary">
            {t('users.create')}
          </LinkButton>
        )
      }
    >
      <UserSearch search={search} />
      <PagedTable<UserSummary>
        label={t('users.listTitle')}
        name="users"
        columns={useUserColumns()}
        query={query}
        cursor={cursor}
        keyOf={(user) => user.id}
        nameOf={(user) => user.username}
      />
    </PageFrame>
  )
}

function UserSearch({ search: { values, set } }: { search: SearchFields<(typeof names)[number]> }) {
  const { t } = useTranslation()
  return (
    <Flex alignItems={{ default: 'alignItemsFlexEnd' }}>
      <FlexItem grow={{ default: 'grow' }}>
        <SearchText label={t('users.searchText')} value={values.text ?? ''} onSearch={(text) => set({ text })} />
      </FlexItem>
      {(['locked', 'enabled', 'hasToken'] as const).map((name) => (
        <FlexItem key={name}>
          <SelectField
            field={{ name, value: values[name] ?? '', onChange: (value) => set({ [name]: value }) }}
            label={t(`users.search.${name}`)}
            choices={['', 'true', 'false'].map((value) => ({
              value,
              label: t(`search.${value === '' ? 'any' : value}`),
            }))}
          />
        </FlexItem>
      ))}
      <FlexItem>
        <DomainField
          label={t('users.domain')}
          value={values.securityDomainId ?? ''}
          onChange={(securityDomainId) => set({ securityDomainId })}
          anyLabel={t('search.any')}
        />
      </FlexItem>
      <FlexItem>
        <SavedSearches list="users" />
      </FlexItem>
    </Flex>
  )
}
