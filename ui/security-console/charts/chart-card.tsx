import { RowsTable } from '@driftlock/ui-kit'
import { Card, CardBody, CardHeader, CardTitle, ExpandableSection } from '@patternfly/react-core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

export interface ChartRow {
  readonly name: string
  /** Where there is more of it. */
  readonly to?: string
  readonly values: readonly (string | number)[]
}

interface ChartCardProps {
  title: string
  /** One sentence: what the picture says. */
  summary: string
  /** The same as a table, for those who do not see the picture. */
  columns: readonly string[]
  rows: readonly ChartRow[]
  actions?: ReactNode
  children: ReactNode
}

/** A chart with its words and its table. */
export function ChartCard({ title, summary, columns, rows, actions, children }: ChartCardProps) {
  const { t } = useTranslation()
  const [nameTitle = '', ...valueTitles] = columns
  return (
    <Card isCompact>
      <CardHeader {...(actions !== undefined && { actions: { actions, hasNoOffset: true } })}>
        <CardTitle component="h2">{title}</CardTitle>
      </CardHeader>
      <CardBody>
        <p>{summary}</p>
        <div className="driftlock-chart" aria-hidden="true">
          {children}
        </div>
        <ExpandableSection toggleText={t('charts.asTable')} toggleAriaLabel={t('charts.asTableOf', { title })}>
          <RowsTable<ChartRow>
            label={title}
            rows={rows}
            columns={[
              {
                id: 'name',
                title: nameTitle,
                cell: ({ name, to }) => (to === undefined ? name : <Link to={to}>{name}</Link>),
              },
              ...valueTitles.map((valueTitle, index) => ({
                id: valueTitle,
                title: valueTitle,
                cell: (row: ChartRow) => row.values[index],
              })),
            ]}
            keyOf={(row) => row.name}
            nameOf={(row) => row.name}
          />
        </ExpandableSection>
      </CardBody>
    </Card>
  )
}
