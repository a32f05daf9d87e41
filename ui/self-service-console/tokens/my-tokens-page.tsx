import { EmptyState, PageFrame, QueryView } from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'
import { Navigate } from 'react-router'
import { useSession } from '../shell/session-context.ts'
import { TokenCard } from './token-card.tsx'
import { useMyTokens } from './use-my-tokens.ts'

/** The start page: a card for each token. */
export function MyTokensPage() {
  const { t } = useTranslation()
  const tokens = useMyTokens()
  const { entry } = useSession()
  if (entry === 'troubleshooting') return <Navigate to="/troubleshoot" replace />
  return (
    <PageFrame title={t('tokens.title')} lead={t('tokens.lead')}>
      <QueryView query={tokens}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t('tokens.none')}>{t('tokens.noneBody')}</EmptyState>
          ) : (
            <div className="self-service-cards">
              {items.map((token) => (
                <TokenCard key={token.id} token={token} />
              ))}
            </div>
          )
        }
      </QueryView>
    </PageFrame>
  )
}
