import type { MyToken } from '@driftlock/contracts'
import { LinkButton, PageFrame } from '@driftlock/ui-kit'
import { Alert, Button, Content } from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { TokenPage } from '../tokens/token-page.tsx'

/** "Confirmation Required" of seed 000: only an undamaged token can be resynchronized. */
export function ConfirmUndamagedPage() {
  return <TokenPage>{(token) => <ConfirmUndamaged token={token} />}</TokenPage>
}

function ConfirmUndamaged({ token }: { token: MyToken }) {
  const { t } = useTranslation()
  const [damaged, setDamaged] = useState(false)
  return (
    <PageFrame title={t('undamaged.title')} lead={t('tokens.name', { serial: token.serial })}>
      <Content component="p">{t('undamaged.question')}</Content>
      <div className="self-service-row self-service-spaced">
        <LinkButton to={`/tokens/${token.id}/resynchronize`} variant="primary">
          {t('undamaged.yes')}
        </LinkButton>
        <Button
          variant="secondary"
          aria-expanded={damaged}
          onClick={() => {
            setDamaged(true)
          }}
        >
          {t('undamaged.no')}
        </Button>
      </div>
      <div role="status">{damaged && <DamagedToken token={token} />}</div>
    </PageFrame>
  )
}

function DamagedToken({ token }: { token: MyToken }) {
  const { t } = useTranslation()
  const { permanentlyLost } = token.may
  return (
    <Alert isInline variant="info" component="h2" title={t('undamaged.brokenTitle')} className="self-service-narrow">
      {permanentlyLost ? (
        <>
          <p>{t('undamaged.brokenBody')}</p>
          <Link to={`/tokens/${token.id}/troubleshoot`}>{t('undamaged.brokenAction')}</Link>
        </>
      ) : (
        <p>{t('undamaged.brokenHelpDesk')}</p>
      )}
    </Alert>
  )
}
