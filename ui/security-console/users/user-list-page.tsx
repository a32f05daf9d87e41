import { type UserSummary, userEndpoints } from '@driftlock/contracts'
import { LinkButton, SelectField } from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'
import { ListPage } from '../lists/list-page.tsx'
import { useList } from '../lists/use-list.ts'
import type { SearchFields } from '../search/use-search-fields.ts'
import { DomainField } from '../security-domains/domain-field.tsx'
import { useMay } from '../session/session-context.ts'
import { useUserColumns } from './use-user-columns.tsx'

const fields = ['text', 'securityDomainId', 'enabled', 'locked', 'hasToken', 'expiresBefore', 'sort'] as const

/** Identity > Users. */
export function UserListPage() {
  const { t } = useTranslation()
  const may = useMay()
  const list = useList(userEndpoints.listUsers, { fields, always: { count: 'true' } })
  const create = may('create-user') && (
    <LinkButton to="/users/new" variant="primary">
      {t('users.create')}
    </LinkButton>
  )
  return (
    <ListPage<UserSummary>
      title={t('users.listTitle')}
      actions={create}
      name="users"
      list={list}
      searchBy={{ text: t('users.searchText'), savedAs: 'users', fields: <UserSearchFields search={list.search} /> }}
      columns={useUserColumns()}
      sortedFirst="username"
      nameOf={(user) => user.username}
      nothingYet={{ title: t('users.none') }}
    />
  )
}

function UserSearchFields({ search: { values, set } }: { search: SearchFields<(typeof fields)[number]> }) {
  const { t } = useTranslation()
  return (
    <>
      {(['locked', 'enabled', 'hasToken'] as const).map((name) => (
        <SelectField
          key={name}
          field={{ name, value: values[name] ?? '', onChange: (value) => set({ [name]: value }) }}
          label={t(`users.search.${name}`)}
          choices={['', 'true', 'false'].map((value) => ({
            value,
            label: t(`search.${value === '' ? 'any' : value}`),
          }))}
        />
      ))}
      <DomainField
        label={t('users.domain')}
        value={values.securityDomainId ?? ''}
        onChange={(securityDomainId) => set({ securityDomainId })}
        anyLabel={t('search.any')}
      />
    </>
  )
}
