import { LoadingState, PageFrame } from '@driftlock/ui-kit'
import { Card, CardBody, Content } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { lazy, Suspense } from 'react'
import { useSearchParams } from 'react-router'
import { useMay, useSession } from '../session/session-context.ts'
import { QuickSearch } from './quick-search.tsx'

const HomeNotices = lazy(() => import('./home-notices.tsx'))
const FoundUsers = lazy(() => import('./found-users.tsx'))
const OverviewNumbers = lazy(() => import('./overview-numbers.tsx'))

/** Where the help desk begins: find the caller. Below it, what needs a look today. */
export function HomePage() {
  const { t } = useTranslation()
  const { user, via, hasToken, mustChangePassword } = useSession()
  const needsNotice = via === 'session' && (!hasToken || mustChangePassword)
  const may = useMay()
  const [search] = useSearchParams()
  const wanted = search.get('q') ?? ''
  return (
    <PageFrame title={t('home.title')} lead={t('home.lead', { name: user.displayName })}>
      <div className="driftlock-gap">
        {needsNotice && (
          <Suspense>
            <HomeNotices />
          </Suspense>
        )}
        {may('view-users') && (
          <Card isLarge>
            <CardBody>
              <Content component="p">{t('home.searchHelp')}</Content>
              <QuickSearch key={wanted} initial={wanted} label={t('home.findCaller')} autoFocus />
            </CardBody>
          </Card>
        )}
        <Suspense fallback={<LoadingState />}>
          {wanted !== '' && <FoundUsers text={wanted} />}
          <OverviewNumbers />
        </Suspense>
      </div>
    </PageFrame>
  )
}
