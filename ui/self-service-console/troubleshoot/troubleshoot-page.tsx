import type { MyEmergencyCodes, MyToken } from '@driftlock/contracts'
import { PageFrame } from '@driftlock/ui-kit'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IssuedCodes } from '../emergency/issued-codes.tsx'
import { TokenPage } from '../tokens/token-page.tsx'
import { TroubleForm } from './trouble-form.tsx'

/** "Troubleshoot Your Token" of seeds 000 and 002: what is wrong, and the way out of it. */
export function TroubleshootPage() {
  return <TokenPage>{(token) => <TroubleshootToken key={token.id} token={token} />}</TokenPage>
}

function TroubleshootToken({ token }: { token: MyToken }) {
  const { t } = useTranslation()
  const [issued, setIssued] = useState<MyEmergencyCodes>()
  return (
    <PageFrame
      title={issued ? t('emergency.title') : t('troubleshoot.title')}
      lead={t('tokens.name', { serial: token.serial })}
    >
      {issued ? <IssuedCodes issued={issued} /> : <TroubleForm token={token} onIssued={setIssued} />}
    </PageFrame>
  )
}
