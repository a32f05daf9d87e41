import { type MyToken, selfServiceEndpoints } from '@driftlock/contracts'
import { PageFrame, ProblemAlert, useApiAction } from '@driftlock/ui-kit'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TokenPage } from '../tokens/token-page.tsx'
import { afterTokenActs } from '../tokens/use-my-tokens.ts'
import { ResynchronizeForm } from './resynchronize-form.tsx'
import { ResyncDone, ResyncFailed } from './resync-result.tsx'

/** "Resynchronize Token" of seed 000. */
export function ResynchronizePage() {
  return <TokenPage>{(token) => <ResynchronizeToken key={token.id} token={token} />}</TokenPage>
}

function ResynchronizeToken({ token }: { token: MyToken }) {
  const { t } = useTranslation()
  const [round, setRound] = useState(0)
  const resync = useApiAction(selfServiceEndpoints.resynchroniseMyToken, { invalidates: afterTokenActs })
  const startAgain = () => {
    resync.reset()
    setRound(round + 1)
  }
  const result = resync.data
  return (
    <PageFrame
      title={t('resync.title')}
      lead={`${t('tokens.name', { serial: token.serial })}. ${t(token.kind === 'hotp' ? 'resync.leadPress' : 'resync.lead')}`}
    >
      <div className="self-service-narrow">
        {result?.outcome === 'resynchronised' && <ResyncDone />}
        {result?.outcome === 'refused' && <ResyncFailed token={token} result={result} onStartAgain={startAgain} />}
        <ProblemAlert error={resync.error} />
        {result === undefined && (
          <ResynchronizeForm
            key={round}
            token={token}
            pending={resync.isPending}
            onSubmit={(codes) => {
              resync.mutate({ params: { tokenId: token.id }, body: codes })
            }}
          />
        )}
      </div>
    </PageFrame>
  )
}
