import { type Report, reportEndpoints, reportName } from '@driftlock/contracts'
import { EmptyState, NoSuchPage, pathOf, PageFrame, QueryView, useApiQuery } from '@driftlock/ui-kit'
import { Alert, Button } from '@patternfly/react-core'
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { useSearchFields } from '../search/use-search-fields.ts'
import { slug } from '../worded/slug.ts'
import { useWorded } from '../worded/use-worded.ts'
import { ReportCell } from './report-cell.tsx'
import { ReportParameters, reportParameterNames } from './report-parameters.tsx'

/** One report, run at once with what the address says, and its download as CSV. */
export function ReportPage() {
  const name = reportName.safeParse(useParams()['name'])
  return name.success ? <KnownReport name={name.data} /> : <NoSuchPage />
}

function KnownReport({ name }: { name: Report['name'] }) {
  const { t } = useTranslation()
  const search = useSearchFields(reportParameterNames)
  // What the address says is checked by the server like any query.
  const input = { params: { name }, query: search.values as object }
  const report = useApiQuery(reportEndpoints.runReport, input, { keepPrevious: true })
  return (
    <PageFrame
      title={t(`reports.titles.${name}`)}
      lead={t('reports.inUtc')}
      above={[{ to: '/reports', title: t('menu.reports') }]}
      actions={
        <Button component="a" variant="secondary" href={pathOf(reportEndpoints.downloadReport.path, input)} download>
          {t('reports.download')}
        </Button>
      }
    >
      <ReportParameters search={search} />
      <QueryView query={report}>{(shown) => <ReportView report={shown} />}</QueryView>
    </PageFrame>
  )
}

function ReportView({ report }: { report: Report }) {
  const { t } = useTranslation()
  const worded = useWorded()
  const title = t(`reports.titles.${report.name}`)
  if (report.rows.length === 0) return <EmptyState title={t('reports.empty')} />
  return (
    <>
      {!report.complete && (
        <Alert variant="info" isInline component="p" title={t('reports.incomplete', { count: report.rows.length })} />
      )}
      <div className="driftlock-wide-table" tabIndex={0} role="region" aria-label={title}>
        <Table variant="compact" aria-label={title} gridBreakPoint="">
          <Thead>
            <Tr>
              {report.columns.map((column) => (
                <Th key={column}>{worded({ code: `column-${slug(column)}`, text: column })}</Th>
              ))}
            </Tr>
          </Thead>
          <Tbody>
            {report.rows.map((row, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- rows of a report have no key and never move
              <Tr key={index}>
                {report.columns.map((column, place) => (
                  <Td key={column}>
                    <ReportCell column={column} text={row[place] ?? ''} />
                  </Td>
                ))}
              </Tr>
            ))}
          </Tbody>
        </Table>
      </div>
    </>
  )
}
