import { highAvailabilityEndpoints, type HighAvailabilityStatus } from '@driftlock/contracts'
import { PageFrame, QueryView, useApiQuery } from '@driftlock/ui-kit'
import { Alert, Title } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { HaActs } from './ha-acts.tsx'
import { HaFacts } from './ha-facts.tsx'
import { HaRecords } from './ha-records.tsx'
import { SyncHistory } from './sync-history.tsx'

const REFRESH_MS = 5_000

/** Setup > High Availability: whether records of the cloud come, whom they fit, and what can be done about it. */
export function HighAvailabilityPage() {
  const { t } = useTranslation()
  const status = useApiQuery(highAvailabilityEndpoints.getHighAvailability, {}, { refreshMs: REFRESH_MS })
  return (
    <PageFrame
      title={t('menu.highAvailability')}
      lead={t('ha.lead')}
      actions={status.data && <HaActs status={status.data} />}
    >
      <QueryView query={status}>
        {(found) => (
          <div className="driftlock-gap">
            <Notices status={found} />
            <HaFacts status={found} />
            <Title headingLevel="h2">{t('ha.records')}</Title>
            <HaRecords />
            <Title headingLevel="h2">{t('ha.history')}</Title>
            <SyncHistory />
          </div>
        )}
      </QueryView>
    </PageFrame>
  )
}

function Notices({ status }: { status: HighAvailabilityStatus }) {
  const { t } = useTranslation()
  const { connection, enabled } = status
  if (connection === null) return <Alert variant="info" isInline component="h2" title={t('ha.notConnected')} />
  return (
    <>
      {connection.alarm && (
        <Alert variant="danger" isInline component="h2" title={t('ha.alarm')}>
          {connection.lastRun?.errorText}
        </Alert>
      )}
      {!enabled && <Alert variant="warning" isInline component="h2" title={t('ha.switchedOff')} />}
      {!connection.haEnabled && <Alert variant="warning" isInline component="h2" title={t('ha.offAtCloud')} />}
      {connection.disconnecting && <Alert variant="warning" isInline component="h2" title={t('ha.disconnecting')} />}
    </>
  )
}
