import { chartEndpoints } from '@driftlock/contracts'
import { QueryView, useApiQuery, useLanguage } from '@driftlock/ui-kit'
import { Card, CardBody, CardTitle, Gallery } from '@patternfly/react-core'
import { lazy, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

const ClockDoubts = lazy(() => import('../operations/clock-doubts.tsx'))

const thirtyDaysMs = 30 * 86_400_000

/** The numbers of today, each a link to what it counts. */
export default function OverviewNumbers() {
  const { t } = useTranslation()
  const overview = useApiQuery(chartEndpoints.getOverview, {}, { refreshMs: 60_000 })
  const [now] = useState(Date.now)
  const soon = now + thirtyDaysMs
  return (
    <QueryView query={overview}>
      {({ clockDoubts, ...counts }) => (
        <>
          {clockDoubts.length > 0 && <ClockDoubts doubts={clockDoubts} />}
          <Gallery hasGutter minWidths={{ default: '12rem' }}>
            <Number title={t('home.lockedUsers')} value={counts.lockedUsers} to="/users?locked=true" />
            <Number title={t('home.emergency')} value={counts.emergencyAccess} to="/tokens?hasEmergencyAccess=true" />
            <Number
              title={t('home.drifting')}
              value={counts.driftingTokens}
              to={`/tokens?leavesWindowBefore=${soon}&sort=leaves-window`}
            />
            <Number
              title={t('home.expiring')}
              value={counts.expiringTokens}
              to={`/tokens?assigned=true&expiresFrom=${now}&expiresBefore=${soon}&sort=expiry`}
            />
            <Number title={t('home.users')} value={counts.users} to="/users" />
            <Number title={t('home.tokens')} value={counts.tokens} to="/tokens" />
          </Gallery>
        </>
      )}
    </QueryView>
  )
}

function Number({ title, value, to }: { title: string; value: { count: number; atLeast: boolean }; to: string }) {
  const language = useLanguage()
  const text = `${new Intl.NumberFormat(language).format(value.count)}${value.atLeast ? '+' : ''}`
  return (
    <Card isCompact>
      <CardTitle component="h2">{title}</CardTitle>
      <CardBody>
        <span className="driftlock-number">
          <Link to={to} aria-label={`${title}: ${text}`}>
            {text}
          </Link>
        </span>
      </CardBody>
    </Card>
  )
}
