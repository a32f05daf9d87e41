import type { AdministratorSession } from '@driftlock/contracts'
import { formatDuration, useRemaining } from '@driftlock/ui-kit'
import { Alert, Button, PageSection } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'

const warnMs = 2 * 60_000

interface SessionEndProps {
  session: AdministratorSession
  /** When the browser got `session`, by its own clock, which may differ from the server's. */
  receivedAtMs: number
  onStay: () => void
}

/** Says two minutes before that the session will end, with a way to stay (WCAG 2.2.1). */
export function SessionEnd({ session, receivedAtMs, onStay }: SessionEndProps) {
  const { t } = useTranslation('kit')
  const endsAt = Math.min(session.idleUntil, session.endsAt) - session.serverTime
  const remainingMs = useRemaining(receivedAtMs + endsAt)
  if (remainingMs > warnMs || remainingMs === 0) return null
  return (
    <PageSection>
      <Alert
        variant="warning"
        isInline
        isLiveRegion
        title={t('shell.sessionEnds')}
        component="p"
        actionLinks={
          <Button variant="link" isInline onClick={onStay}>
            {t('shell.stayLoggedOn')}
          </Button>
        }
      >
        {t('shell.sessionEndsBody', { remaining: formatDuration(remainingMs) })}
      </Alert>
    </PageSection>
  )
}
