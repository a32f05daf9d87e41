import { chartEndpoints } from '@driftlock/contracts'
import { QueryView, useApiQuery, useLanguage } from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'
import { Bars } from './bars.tsx'
import { ChartCard } from './chart-card.tsx'
import { chartColours } from './chart-colours.ts'

/** Assigned tokens expiring by month. */
export function ExpiryChart() {
  const { t } = useTranslation()
  const language = useLanguage()
  const expiry = useApiQuery(chartEndpoints.getExpirySeries, { query: { months: 12 } })
  const format = new Intl.DateTimeFormat(language, { month: 'short', year: 'numeric', timeZone: 'UTC' })
  return (
    <QueryView query={expiry}>
      {({ months }) => {
        const rows = months.map((month) => ({ name: format.format(month.startsAt), count: month.count }))
        const all = rows.reduce((sum, row) => sum + row.count, 0)
        return (
          <ChartCard
            title={t('charts.expiry')}
            summary={t('charts.expirySummary', { count: all })}
            columns={[t('charts.month'), t('charts.tokens')]}
            rows={rows.map(({ name, count }) => ({ name, values: [count] }))}
          >
            <Bars data={rows} series={[{ key: 'count', colour: chartColours.warning }]} />
          </ChartCard>
        )
      }}
    </QueryView>
  )
}
