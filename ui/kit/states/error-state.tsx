import {
  Button,
  EmptyState,
  EmptyStateActions,
  EmptyStateBody,
  EmptyStateFooter,
  EmptyStateStatus,
} from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { useProblemText } from '../api/use-problem-text.ts'

interface ErrorStateProps {
  error: unknown
  onRetry?: () => void
}

/** Something could not be loaded: why, in words, the request's id for the help desk, and a way to try again. */
export function ErrorState({ error, onRetry }: ErrorStateProps) {
  const { t } = useTranslation('kit')
  const { message, reference } = useProblemText()(error)
  return (
    <EmptyState titleText={t('states.failed')} headingLevel="h2" status={EmptyStateStatus.danger} role="alert">
      <EmptyStateBody>
        <p>{message}</p>
        {reference !== undefined && <p className="driftlock-reference">{reference}</p>}
      </EmptyStateBody>
      {onRetry && (
        <EmptyStateFooter>
          <EmptyStateActions>
            <Button variant="primary" onClick={onRetry}>
              {t('states.tryAgain')}
            </Button>
          </EmptyStateActions>
        </EmptyStateFooter>
      )}
    </EmptyState>
  )
}
