/**
 * Cuts the power of a machine in the middle of log-ons on SQLite: what no sync had confirmed is lost, kept or torn. No
 * acknowledged log-on may be lost, no used step may become usable again. Run: `npm run proof -- power-cut [CUTS] [LOGINS]`;
 * exit code 1 if anything is missing.
 */
import { powerCuts } from './power-cut/power-cuts.ts'

const [cuts = 200, logins = 400] = process.argv.slice(2).map(Number)

const report = await powerCuts({ cuts, logins })
process.stdout.write(`SQLite, ${logins} log-ons traced: ${JSON.stringify(report)}\n`)
const isWhole = report.acknowledged > 0 && report.lost + report.replayable + report.gapsInChains + report.damaged === 0
if (!isWhole) process.exitCode = 1
