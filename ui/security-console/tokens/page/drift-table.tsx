import type { DriftPoint } from '@driftlock/contracts'
import { type Column, Moment, RowsTable } from '@driftlock/ui-kit'
import { ExpandableSection } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { OutcomeLabel } from '../../conditions/outcome-label.tsx'
import { useWorded } from '../../worded/use-worded.ts'
import { ClockOff } from '../clock-off.tsx'

const rowsShown = 50

/** The newest points of the plot as a table. */
export function DriftTable({ points }: { points: readonly DriftPoint[] }) {
  const { t } = useTranslation()
  const worded = useWorded()
  const newest = points.slice(-rowsShown).toReversed()
  const columns: readonly Column<DriftPoint>[] = [
    { id: 'at', title: t('activity.time'), cell: (point) => <Moment atMs={point.at} /> },
    { id: 'off', title: t('tokens.clock'), cell: (point) => <ClockOff offsetMs={point.clockOffMs} /> },
    {
      id: 'window',
      title: t('drift.window'),
      cell: (point) => (point.window === null ? t('drift.noWindow') : t(`tokens.window.${point.window}`)),
    },
    { id: 'outcome', title: t('activity.outcome'), cell: (point) => <OutcomeLabel outcome={point.outcome} /> },
    { id: 'reason', title: t('activity.reason'), cell: (point) => worded({ code: point.reason, text: point.reason }) },
  ]
  return (
    <ExpandableSection toggleText={t('drift.asTable', { count: newest.length })}>
      <RowsTable
        label={t('drift.title')}
        rows={newest}
        columns={columns}
        keyOf={(point) => `${point.at} ${point.clockOffMs}`}
        nameOf={(point) => point.reason}
      />
    </ExpandableSection>
  )
}
