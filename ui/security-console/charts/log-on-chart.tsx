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
const outcomes = ['success', 'failure', 'warning'] as const

type Span = keyof typeof spans
type LogOnSlot = ReturnType<(typeof chartEndpoints.getLogOnSeries.response)['parse']>['slots'][number]

/** Log-ons by outcome over time. */
export function LogOnChart() {
  const [span, setSpan] = useState<Span>('day')
  const [now] = useState(Date.now)
  const { lengthMs, slotMs } = spans[span]
  const series = useApiQuery(
    chartEndpoints.getLogOnSeries,
    { query: { from: now - lengthMs, before: now + slotMs, slotMs } },
    { keepPrevious: true },
  )
  return <QueryView query={series}>{({ slots }) => <LogOnCard {...{ slots, span }} onSpan={setSpan} />}</QueryView>
}

interface LogOnCardProps {
  slots: readonly LogOnSlot[]
  span: Span
  onSpan: (span: Span) => void
}

function LogOnCard({ slots, span, onSpan }: LogOnCardProps) {
  const { t } = useTranslation()
  const format = useSlotFormat(span)
  const sum = (key: (typeof outcomes)[number]) => slots.reduce((all, slot) => all + slot[key], 0)
  return (
    <ChartCard
      title={t('charts.logOns')}
      summary={t('charts.logOnsSummary', Object.fromEntries(outcomes.map((key) => [key, sum(key)])))}
      columns={[t('activity.time'), ...outcomes.map((key) => t(`conditions.outcome.${key}`))]}
      rows={slots.map((slot) => ({ name: format.format(slot.slotStart), values: outcomes.map((key) => slot[key]) }))}
      actions={
        <SelectField
          field={{ name: 'span', value: span, onChange: onSpan }}
          label={t('charts.span')}
          choices={(['day', 'week', 'month'] as const).map((value) => ({ value, label: t(`charts.spans.${value}`) }))}
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
}

function useSlotFormat(span: Span): Intl.DateTimeFormat {
  const language = useLanguage()
  if (span === 'day') return new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const hour = span === 'week' ? ({ hour: '2-digit', hourCycle: 'h23' } as const) : {}
  return new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', ...hour })
}
