import type { MyToken } from '@driftlock/contracts'
import { EmptyState, QueryView } from '@driftlock/ui-kit'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { useMyTokens } from './use-my-tokens.ts'

/** Shows a page for the token that the address names, once it is known. */
export function TokenPage({ children }: { children: (token: MyToken) => ReactNode }) {
  const { t } = useTranslation()
  const { tokenId } = useParams()
  const tokens = useMyTokens()
  return (
    <QueryView query={tokens}>
      {({ items }) => {
        const token = items.find((one) => one.id === tokenId)
        if (token) return children(token)
        return (
          <EmptyState
            title={t('tokens.noSuchToken')}
            headingLevel="h1"
            actions={<Link to="/">{t('actions.back')}</Link>}
          />
        )
      }}
    </QueryView>
  )
}
