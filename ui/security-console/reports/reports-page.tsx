import { reportEndpoints } from '@driftlock/contracts'
import { PageFrame, QueryView, useApiQuery } from '@driftlock/ui-kit'
import { Card, CardBody, CardTitle, Gallery } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { slug } from '../worded/slug.ts'

/** Reporting > Reports: the reports there are. */
export function ReportsPage() {
  const { t, i18n } = useTranslation()
  const reports = useApiQuery(reportEndpoints.listReports, {})
  const words = (key: string, text: string) => (i18n.language !== 'en' && i18n.exists(key) ? t(key) : text)
  return (
    <PageFrame title={t('menu.reports')} lead={t('reports.lead')}>
      <QueryView query={reports}>
        {({ items }) => (
          <Gallery hasGutter minWidths={{ default: '18rem' }}>
            {items.map((report) => (
              <Card key={report.name} isCompact>
                <CardTitle component="h2">
                  <Link to={`/reports/${report.name}`}>{words(`reports.titles.${report.name}`, report.title)}</Link>
                </CardTitle>
                <CardBody>
                  {report.columns.map((column) => words(`words.column-${slug(column)}`, column)).join(', ')}
                </CardBody>
              </Card>
            ))}
          </Gallery>
        )}
      </QueryView>
    </PageFrame>
  )
}
