import type { MyResynchronisation, MyToken } from '@driftlock/contracts'
import { LinkButton } from '@driftlock/ui-kit'
import { Alert, Button, Content } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'

/** The token is in step again; the next step of seed 000 is to test it. */
export function ResyncDone() {
  const { t } = useTranslation()
  return (
    <>
      <Alert isInline variant="success" component="h2" title={t('resync.doneTitle')} role="status">
        {t('resync.doneBody')}
      </Alert>
      <div>
        <LinkButton to="/test" variant="primary">
          {t('tokens.test')}
        </LinkButton>
      </div>
    </>
  )
}

interface ResyncFailedProps {
  token: MyToken
  result: MyResynchronisation
  onStartAgain: () => void
}

/** The causes of seed 000, the likeliest first, and the next step. */
export function ResyncFailed({ token, result, onStartAgain }: ResyncFailedProps) {
  const { t } = useTranslation()
  const software = token.formFactor === 'software'
  const causes = [
    'notSuccessive',
    'notYours',
    'tokenTime',
    ...(software ? ['redistributed'] : []),
    'serverTime',
  ] as const
  const notTried = result.possibleCauses.length === 0
  return (
    <>
      <Alert isInline variant="danger" component="h2" title={t('resync.failedTitle')} role="alert">
        {notTried ? t('resync.locked') : t('resync.failedNext')}
      </Alert>
      {!notTried && (
        <Content component="ol">
          {causes.map((cause) => (
            <li key={cause}>{t(`resync.causes.${cause}`, { serial: token.serial })}</li>
          ))}
        </Content>
      )}
      <div>
        <Button onClick={onStartAgain}>{t('actions.startAgain')}</Button>
      </div>
    </>
  )
}
