import type { DriftPoint, TokenDetails } from '@driftlock/contracts'
import { formatDate, useLanguage } from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'
import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  XAxis,
  YAxis,
} from 'recharts'

interface DriftPlotProps {
  points: readonly DriftPoint[]
  windows: TokenDetails['windows']
}

/** How far the clock was off at each log-on, in seconds; the silent window is shaded. The table below says the same. */
export function DriftPlot({ points, windows }: DriftPlotProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const data = points.map((point) => ({ at: point.at, seconds: Math.round(point.clockOffMs / 100) / 10 }))
  return (
    <figure aria-label={t('drift.plotLabel')}>
      <div className="driftlock-chart" aria-hidden="true">
        <ResponsiveContainer>
          <LineChart data={data} accessibilityLayer={false} margin={{ top: 8, right: 16, bottom: 8, left: 8 }}>
            <CartesianGrid stroke="var(--pf-t--global--border--color--default)" strokeDasharray="3 3" />
            <ReferenceArea
              y1={-windows.small}
              y2={windows.small}
              ifOverflow="extendDomain"
              fill="var(--pf-t--global--color--status--success--default)"
              fillOpacity={0.12}
            />
            <ReferenceLine y={0} stroke="var(--pf-t--global--border--color--default)" />
            <XAxis
              dataKey="at"
              type="number"
              scale="time"
              domain={['dataMin', 'dataMax']}
              tickFormatter={(at: number) => formatDate(at, language)}
              minTickGap={48}
            />
            <YAxis unit=" s" width={64} />
            <Line
              dataKey="seconds"
              stroke="var(--pf-t--global--color--brand--default)"
              strokeWidth={2}
              dot={{ r: 3 }}
              isAnimationActive={false}
            />
          </LineChart>
        </ResponsiveContainer>
      </div>
      <figcaption>{t('drift.caption')}</figcaption>
    </figure>
  )
}
