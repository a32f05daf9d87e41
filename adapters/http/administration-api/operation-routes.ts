import { Readable } from 'node:stream'
import { listInstances, REPORTS, reportCsvLine, runReport, type RunReportRequest } from '@driftlock/application'
import { instanceEndpoints as i, reportEndpoints as r, reportName } from '@driftlock/contracts'
import { unixMs } from '@driftlock/domain'
import { ANSWERED, type Call, route, type RoutesOf } from '../api/route.ts'
import type { ApiServices } from '../api/services.ts'
import { defined } from '../views/defined.ts'

export function reportRoutes(services: ApiServices): RoutesOf<typeof r> {
  return {
    listReports: route(r.listReports, async () => ({
      items: reportName.options.map((name) => ({
        name,
        title: REPORTS[name].title,
        columns: [...REPORTS[name].columns],
      })),
    })),
    runReport: route(r.runReport, async ({ params: { name }, query, context }) => {
      const rows: string[][] = []
      let complete = true
      for await (const row of runReport(services, context, requestOf(name, query))) {
        complete = rows.length < query.limit
        if (!complete) break
        rows.push([...row])
      }
      const { title, columns } = REPORTS[name]
      return { name, title, madeAt: services.clock.now(), columns: [...columns], rows, complete }
    }),
    downloadReport: route(r.downloadReport, async ({ params: { name }, query, context, reply }) => {
      const rows = runReport(services, context, requestOf(name, query))
      // The first row is asked for before anything is answered, so that a refusal is still a problem.
      const first = await rows.next()
      reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${name}.csv"`)
      void reply.send(Readable.from(csvLines(REPORTS[name].columns, first, rows)))
      return ANSWERED
    }),
  }
}

type Rows = ReturnType<typeof runReport>

async function* csvLines(columns: readonly string[], first: Awaited<ReturnType<Rows['next']>>, rest: Rows) {
  yield reportCsvLine(columns)
  if (first.done === true) return
  yield reportCsvLine(first.value)
  for await (const row of rest) yield reportCsvLine(row)
}

function requestOf(report: RunReportRequest['report'], query: Call<typeof r.runReport>['query']): RunReportRequest {
  const { securityDomainId, from, before, days } = query
  return {
    report,
    ...defined({
      within: securityDomainId,
      from: from === undefined ? undefined : unixMs(from),
      before: before === undefined ? undefined : unixMs(before),
      withinDays: days,
    }),
  }
}

export function instanceRoutes(services: ApiServices): RoutesOf<typeof i> {
  const { clock, clockGuard, instance: self } = services
  return {
    listInstances: route(i.listInstances, async ({ context }) => {
      const items = (await listInstances(services, context)).map(({ instance, state }) => {
        const { id, name, role, version, address, startedAt, heartbeatAt, stoppedAt } = instance
        const facts = { id, name, role, version, address, startedAt, heartbeatAt, stoppedAt }
        return { ...facts, condition: state, answersThis: name === self.name }
      })
      return { items, clockDoubts: clockGuard.doubts().map((doubt) => ({ ...doubt })), serverTime: clock.now() }
    }),
  }
}
