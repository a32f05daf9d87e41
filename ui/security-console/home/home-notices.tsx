import { LinkButton } from '@driftlock/ui-kit'
import { Alert } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { useSession } from '../session/session-context.ts'

/** What an administrator must see to for themselves. */
export default function HomeNotices() {
  const { t } = useTranslation()
  const { hasToken, mustChangePassword, user } = useSession()
  return (
    <>
      {!hasToken && (
        <Alert
          variant="warning"
          isInline
          component="h2"
          title={t('home.noToken')}
          actionLinks={<LinkButton to={`/users/${user.id}`}>{t('home.assignMine')}</LinkButton>}
        >
          {t('home.noTokenBody')}
        </Alert>
      )}
      {mustChangePassword && (
        <Alert
          variant="warning"
          isInline
          component="h2"
          title={t('home.changePassword')}
          actionLinks={<LinkButton to="/my-account">{t('account.title')}</LinkButton>}
        />
      )}
    </>
  )
}
