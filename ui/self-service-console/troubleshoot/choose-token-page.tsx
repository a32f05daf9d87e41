import { EmptyState, PageFrame, QueryView } from '@driftlock/ui-kit'
import { Content } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { Link, Navigate } from 'react-router'
import { TokenCondition } from '../tokens/token-condition.tsx'
import { TokenPicture } from '../tokens/token-picture.tsx'
import { tokenName, useMyTokens } from '../tokens/use-my-tokens.ts'

/** Which token to troubleshoot; whoever has one only is not asked. */
export function ChooseTokenPage() {
  const { t } = useTranslation()
  const tokens = useMyTokens()
  return (
    <QueryView query={tokens}>
      {({ items }) =>
        items.length === 1 ? (
          <Navigate to={`/tokens/${items[0]?.id}/troubleshoot`} replace />
        ) : (
          <PageFrame title={t('troubleshoot.title')}>
            {items.length === 0 ? (
              <EmptyState title={t('tokens.none')}>{t('troubleshoot.nothing')}</EmptyState>
            ) : (
              <>
                <Content component="p">{t('troubleshoot.which')}</Content>
                <ul className="self-service-choice">
                  {items.map((token) => (
                    <li key={token.id}>
                      <TokenPicture token={token} />
                      <Link to={`/tokens/${token.id}/troubleshoot`}>{tokenName(token)}</Link>
                      <TokenCondition condition={token.condition} />
                    </li>
                  ))}
                </ul>
              </>
            )}
          </PageFrame>
        )
      }
    </QueryView>
  )
}
