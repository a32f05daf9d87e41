import { domainTree } from '@driftlock/domain'
import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { authorisedDomains } from '../administration/authorise-act.ts'
import { csvCell } from '../audit/export-audit.ts'
import { type ReportId, type ReportRow, REPORTS, type ReportScope } from './report-table.ts'

export interface RunReportRequest extends Pick<ReportScope, 'from' | 'before' | 'withinDays'> {
  readonly report: ReportId
  /** A security domain with everything below it. */
  readonly within?: string
}

/** The rows of a report over what somebody may see, one by one: memory is bounded by a page whatever the size. */
export async function* runReport(
  { administration: { read }, clock }: AdministrationPorts,
  context: AdministrationContext,
  { report, within, ...span }: RunReportRequest,
): AsyncGenerator<ReportRow> {
  const securityDomainIds = await authorisedDomains(read, context, { permission: 'run-reports', within })
  const domains = domainTree(await read.securityDomains.all())
  yield* REPORTS[report].rows(read, { securityDomainIds, domains, now: clock.now(), ...span })
}

/** A row as a line of CSV, harmless in a spreadsheet. */
export function reportCsvLine(row: ReportRow): string {
  return `${row.map(csvCell).join(',')}\r\n`
}
