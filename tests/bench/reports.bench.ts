/**
 * What each report of 1,000,000 users and tokens costs those who log on meanwhile: the longest pause of the event loop, the
 * memory, the time, beside nobody and beside callers who log on. Run: `npm run bench -- reports [USERS] [AUDIT-RECORDS]
 * [sqlite | postgres://…] [FOLDER] [REPORT]`: FOLDER keeps the grown databases for the next run.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { REPORTS, type ReportId, reportCsvLine, runReport } from '@driftlock/application'
import { unixMs } from '@driftlock/domain'
import { grownDeployment } from './scale/grown-deployment.ts'
import { SHELL } from './scale/timed-import.ts'

const [, , users = '1000000', records = '2000000', engine = 'sqlite', keptIn, only] = process.argv
const MEBIBYTE = 1024 * 1024
const LONGEST_MS = 120_000

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

const deployment = await grownDeployment({
  users: Number(users),
  records: Number(records),
  now: unixMs(Date.now()),
  say,
  ...(engine !== 'sqlite' && { server: engine }),
  ...(keptIn !== undefined && { keptIn }),
})

async function costOf(report: ReportId): Promise<string> {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  const start = performance.now()
  let [rows, bytes, rss] = [0, 0, 0]
  delay.enable()
  let isCut = false
  for await (const row of runReport(deployment.instance.administration, SHELL, { report })) {
    bytes += reportCsvLine(row).length
    if (++rows % 1000 === 0) rss = Math.max(rss, process.memoryUsage.rss())
    isCut = performance.now() - start > LONGEST_MS
    if (isCut) break
  }
  delay.disable()
  const seconds = (performance.now() - start) / 1000
  const size = `${rows} rows${isCut ? ' (cut)' : ''}, ${(bytes / MEBIBYTE).toFixed(1)} MiB`
  const pauses = `longest pause ${(delay.max / 1e6).toFixed(1)} ms, 99 % below ${(delay.percentile(99) / 1e6).toFixed(1)}`
  return `${report}: ${size} in ${seconds.toFixed(1)} s; ${pauses}; at most ${(rss / MEBIBYTE).toFixed(0)} MiB resident`
}

const ids = Object.keys(REPORTS) as ReportId[] // the keys of that table
for (const report of ids) if (only === undefined || report === only) say(await costOf(report))
await deployment.close()
