import type { UserSummary } from '@driftlock/contracts'
import { type Column, Moment } from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { UserConditionLabel } from '../conditions/condition-label.tsx'
import { DomainLink } from '../links/domain-link.tsx'

/** The columns a list of users can show. */
export function useUserColumns(): readonly Column<UserSummary>[] {
  const { t } = useTranslation()
  return [
    {
      id: 'username',
      title: t('users.userId'),
      sort: 'username',
      fixed: true,
      cell: (user) => <Link to={`/users/${user.id}`}>{user.username}</Link>,
    },
    { id: 'last-name', title: t('users.lastName'), sort: 'last-name', cell: (user) => user.lastName },
    { id: 'first-name', title: t('users.firstName'), sort: 'first-name', cell: (user) => user.firstName },
    { id: 'condition', title: t('users.state'), cell: (user) => <UserConditionLabel condition={user.condition} /> },
    { id: 'domain', title: t('users.domain'), cell: (user) => <DomainLink domain={user.securityDomain} /> },
    { id: 'email', title: t('users.email'), sort: 'email', cell: (user) => user.email },
    {
      id: 'expires',
      title: t('users.expires'),
      sort: 'expiry',
      hidden: true,
      cell: (user) => <Moment atMs={user.expiresAt} dateOnly />,
    },
  ]
}
