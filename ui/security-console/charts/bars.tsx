import { Bar, BarChart, CartesianGrid, ResponsiveContainer, XAxis, YAxis } from 'recharts'
import { chartColours } from './chart-colours.ts'

interface BarsProps {
  /** Each with `name` and one number for every series. */
  data: readonly Readonly<Record<string, string | number>>[]
  series: readonly { readonly key: string; readonly colour: string; readonly stack?: string }[]
  unit?: string
}

/** Upright bars, stacked where series share a stack. Nothing moves by itself. */
export function Bars({ data, series, unit }: BarsProps) {
  return (
    <ResponsiveContainer>
      <BarChart data={[...data]} accessibilityLayer={false} margin={{ top: 8, right: 8, bottom: 8, left: 0 }}>
        <CartesianGrid stroke={chartColours.grid} strokeDasharray="3 3" vertical={false} />
        <XAxis dataKey="name" minTickGap={24} />
        <YAxis allowDecimals={false} width={48} {...(unit !== undefined && { unit })} />
        {series.map(({ key, colour, stack }) => (
          <Bar
            key={key}
            dataKey={key}
            fill={colour}
            isAnimationActive={false}
            {...(stack !== undefined && { stackId: stack })}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  )
}
