import { Button, EmptyState, EmptyStateActions, EmptyStateBody, EmptyStateFooter } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { isRouteErrorResponse, Link, useRouteError } from 'react-router'

/** What a route shows when it fails or does not exist: words and a way on, never the error itself. */
export function RouteProblem() {
  const error = useRouteError()
  return isRouteErrorResponse(error) && error.status === 404 ? <NoSuchPage /> : <BrokenPage />
}

/** The page of an address that names nothing. */
export function NoSuchPage() {
  const { t } = useTranslation('kit')
  return (
    <div className="driftlock-content">
      <EmptyState titleText={t('states.notFound')} headingLevel="h1">
        <EmptyStateBody>{t('states.notFoundBody')}</EmptyStateBody>
        <EmptyStateFooter>
          <EmptyStateActions>
            <Link to="/">{t('states.toStart')}</Link>
          </EmptyStateActions>
        </EmptyStateFooter>
      </EmptyState>
    </div>
  )
}

/** In place of a page that could not be loaded or shown. */
export function BrokenPage() {
  const { t } = useTranslation('kit')
  return (
    <div className="driftlock-content">
      <EmptyState titleText={t('states.broken')} headingLevel="h1" status="danger">
        <EmptyStateBody>{t(navigator.onLine ? 'states.brokenBody' : 'problems.unreachable')}</EmptyStateBody>
        <EmptyStateFooter>
          <EmptyStateActions>
            <Button
              onClick={() => {
                location.reload()
              }}
            >
              {t('states.reload')}
            </Button>
          </EmptyStateActions>
        </EmptyStateFooter>
      </EmptyState>
    </div>
  )
}
