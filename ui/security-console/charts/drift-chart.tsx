import { chartEndpoints } from '@driftlock/contracts'
import { QueryView, useApiQuery } from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'
import { Bars } from './bars.tsx'
import { ChartCard } from './chart-card.tsx'
import { chartColours } from './chart-colours.ts'

/** Drift of the fleet: how many clocks are off by how much. */
export function DriftChart() {
  const { t } = useTranslation()
  const histogram = useApiQuery(chartEndpoints.getDriftHistogram, { query: { bins: 21, binSeconds: 30 } })
  return (
    <QueryView query={histogram}>
      {({ bins, tokens, neverMeasured, complete }) => {
        const rows = bins.map((bin) => ({ name: `${bin.fromSeconds} s`, count: bin.count }))
        return (
          <ChartCard
            title={t('charts.drift')}
            summary={`${t('charts.driftSummary', { tokens, neverMeasured })} ${complete ? '' : t('charts.incomplete')}`}
            columns={[t('charts.from'), t('charts.tokens')]}
            rows={rows.map(({ name, count }) => ({ name, values: [count] }))}
          >
            <Bars data={rows} series={[{ key: 'count', colour: chartColours.brand }]} />
          </ChartCard>
        )
      }}
    </QueryView>
  )
}
