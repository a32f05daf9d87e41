import { chartEndpoints } from '@driftlock/contracts'
import { QueryView, useApiQuery, useLanguage } from '@driftlock/ui-kit'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Bars } from './bars.tsx'
import { ChartCard } from './chart-card.tsx'
import { chartColours } from './chart-colours.ts'

const weekMs = 7 * 86_400_000

/** How often each client sees next tokencode mode: a high rate at one points at its clock or its shared secret. */
export function NextTokencodeChart() {
  const { t } = useTranslation()
  const language = useLanguage()
  const [now] = useState(Date.now)
  const rates = useApiQuery(chartEndpoints.getNextTokencodeRates, {
    query: { from: now - weekMs, before: now + 60_000 },
  })
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 })
  return (
    <QueryView query={rates}>
      {({ clients, complete }) => (
        <ChartCard
          title={t('charts.nextTokencode')}
          summary={`${t('charts.nextTokencodeSummary', { count: clients.length })} ${complete ? '' : t('charts.incomplete')}`}
          columns={[
            t('charts.client'),
            t('charts.logOns'),
            t('tokens.nextTokencode'),
            t('charts.rate'),
            t('charts.failures'),
          ]}
          rows={clients.map((client) => ({
            name: client.client,
            to: `/audit?channel=authentication&agent=${encodeURIComponent(client.client)}`,
            values: [client.logOns, client.nextTokencodes, percent.format(client.rate), client.failures],
          }))}
        >
          <Bars
            data={clients
              .slice(0, 20)
              .map((client) => ({ name: client.client, rate: Math.round(client.rate * 1000) / 10 }))}
            series={[{ key: 'rate', colour: chartColours.brand }]}
            unit=" %"
          />
        </ChartCard>
      )}
    </QueryView>
  )
}
