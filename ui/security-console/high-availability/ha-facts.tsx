import { highAvailabilityEndpoints, type HighAvailabilityStatus } from '@driftlock/contracts'
import { Moment, useApiQuery } from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'
import { StatusLabel } from '../conditions/condition-label.tsx'
import { type Fact, Facts } from '../facts/facts.tsx'

const PROBE_MS = 30_000

/** The connection, its next and last run, and the counts. */
export function HaFacts({ status }: { status: HighAvailabilityStatus }) {
  const { t } = useTranslation()
  const { connection, counts, order } = status
  const unmatched = Object.values(counts.unmatched).reduce((sum, count) => sum + count, 0)
  const connected: readonly Fact[] =
    connection === null
      ? []
      : [
          [t('ha.company'), t('ha.companyAt', { name: connection.companyName, url: connection.baseUrl })],
          [
            t('ha.manager'),
            <code key="manager" className="driftlock-breakable">
              {connection.managerId}
            </code>,
          ],
          [t('ha.reach'), <Reach key="reach" />],
          [t('ha.lastGood'), <Moment key="good" atMs={connection.lastGoodAt} relative />],
          [t('ha.nextRun'), <Moment key="next" atMs={connection.nextRunAt} relative />],
          [t('ha.failures'), String(connection.failuresInARow)],
          [
            t('ha.marker'),
            <code key="marker" className="driftlock-breakable">
              {connection.marker}
            </code>,
          ],
          [t('ha.full'), connection.fullUnderWay ? t('ha.fullUnderWay') : t('ha.fullNot')],
        ]
  return (
    <Facts
      columns={2}
      facts={[
        ...connected,
        [t('ha.order'), t(`ha.orders.${order}`)],
        [t('ha.conditions.matched'), String(counts.matched)],
        [t('ha.conditions.unmatched'), String(unmatched)],
        [t('ha.conditions.revoked'), String(counts.revoked)],
        [t('ha.conditions.deleted-here'), String(counts.deletedHere)],
      ]}
    />
  )
}

function Reach() {
  const { t } = useTranslation()
  const { data: reach } = useApiQuery(highAvailabilityEndpoints.probeCloud, {}, { refreshMs: PROBE_MS })
  if (reach === undefined || reach === null) return t('ha.reachUnknown')
  return reach.reachable ? (
    <StatusLabel status="success">{t('ha.reachable', { ms: reach.durationMs })}</StatusLabel>
  ) : (
    <StatusLabel status="danger">{t('ha.unreachable', { text: reach.errorText })}</StatusLabel>
  )
}
