import { tokenEndpoints, userEndpoints } from '@driftlock/contracts'
import { LinkButton, EmptyState, QueryView, RowsTable, useApiQuery } from '@driftlock/ui-kit'
import { Card, CardBody, CardTitle } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useUserColumns } from '../users/use-user-columns.tsx'

/** Users that a quick search found; tokens too where the text looks like a serial. */
export default function FoundUsers({ text }: { text: string }) {
  const { t } = useTranslation()
  const users = useApiQuery(userEndpoints.listUsers, { query: { text, limit: 20 } }, { keepPrevious: true })
  const columns = useUserColumns().filter((column) => !column.hidden)
  return (
    <Card>
      <CardTitle component="h2">{t('home.found', { text })}</CardTitle>
      <CardBody>
        <QueryView query={users}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState headingLevel="h3" actions={<LinkButton to="/users">{t('home.allUsers')}</LinkButton>}>
                {t('home.nobody')}
              </EmptyState>
            ) : (
              <RowsTable
                label={t('home.found', { text })}
                rows={items}
                columns={columns}
                keyOf={(user) => user.id}
                nameOf={(user) => user.username}
              />
            )
          }
        </QueryView>
        {/^\d{4,}$/.test(text) && <FoundTokens serial={text} />}
      </CardBody>
    </Card>
  )
}

function FoundTokens({ serial }: { serial: string }) {
  const { t } = useTranslation()
  const tokens = useApiQuery(tokenEndpoints.listTokens, { query: { serial, limit: 10 } })
  if (!tokens.data || tokens.data.items.length === 0) return null
  return (
    <ul aria-label={t('home.foundTokens')}>
      {tokens.data.items.map((token) => (
        <li key={token.id}>
          <Link to={token.owner ? `/users/${token.owner.id}` : `/tokens/${token.id}`}>
            {token.owner ? t('home.tokenOf', { serial: token.serial, name: token.owner.displayName }) : token.serial}
          </Link>
        </li>
      ))}
    </ul>
  )
}
