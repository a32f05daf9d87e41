import { chartEndpoints } from '@driftlock/contracts'
import { QueryView, SelectField, useApiQuery, useLanguage } from '@driftlock/ui-kit'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Bars } from './bars.tsx'
import { ChartCard } from './chart-card.tsx'
import { chartColours } from './chart-colours.ts'

const hourMs = 3_600_000
const spans = {
  day: { lengthMs: 24 * hourMs, slotMs: hourMs },
  week: { lengthMs: 7 * 24 * hourMs, slotMs: 6 * hourMs },
  month: { lengthMs: 30 * 24 * hourMs, slotMs: 24 * hourMs },
} as const

/** Log-ons by outcome over time. */
export function LogOnChart() {
  const { t } = useTranslation()
  const language = useLanguage()
  const [span, setSpan] = useState<keyof typeof spans>('day')
  const [now] = useState(Date.now)
  const { lengthMs, slotMs } = spans[span]
  const series = useApiQuery(
    chartEndpoints.getLogOnSeries,
    { query: { from: now - lengthMs, before: now + slotMs, slotMs } },
    { keepPrevious: true },
  )
  const format = new Intl.DateTimeFormat(
    language,
    span === 'day'
      ? { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
      : { day: 'numeric', month: 'short', ...(span === 'week' && { hour: '2-digit', hourCycle: 'h23' as const }) },
  )
  return (
    <QueryView query={series}>
      {({ slots }) => {
        const sum = (key: 'success' | 'failure' | 'warning') => slots.reduce((all, slot) => all + slot[key], 0)
        return (
          <ChartCard
            title={t('charts.logOns')}
            summary={t('charts.logOnsSummary', {
              success: sum('success'),
              failure: sum('failure'),
              warning: sum('warning'),
            })}
            columns={[
              t('activity.time'),
              ...['success', 'failure', 'warning'].map((key) => t(`conditions.outcome.${key}`)),
            ]}
            rows={slots.map((slot) => ({
              name: format.format(slot.slotStart),
              values: [slot.success, slot.failure, slot.warning],
            }))}
            actions={
              <SelectField
                field={{ name: 'span', value: span, onChange: setSpan }}
                label={t('charts.span')}
                choices={(['day', 'week', 'month'] as const).map((value) => ({
                  value,
                  label: t(`charts.spans.${value}`),
                }))}
              />
            }
          >
            <Bars
              data={slots.map(({ slotStart, ...counts }) => ({ name: format.format(slotStart), ...counts }))}
              series={(['success', 'warning', 'failure'] as const).map((key) => ({
                key,
                colour: chartColours[key],
                stack: 'all',
              }))}
            />
          </ChartCard>
        )
      }}
    </QueryView>
  )
}
