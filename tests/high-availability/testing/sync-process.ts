/**
 * A manager in a process of its own, on a database that is connected already. Arguments: DATABASE once|forever.
 * `once`: one run; says in one line of JSON how it went, how long it took, by the wall and by the processor, and how much
 * memory the process had at most.
 * `forever`: one full run after another, a line each, until it is killed.
 */
import { enableCompileCache } from 'node:module'
import { requestResync } from '@driftlock/application'
import { collectingEarly, systemClock } from '@driftlock/system'
import { COMMAND } from '../../use-cases/testing/deployment.ts'
import { openManager } from './manager.ts'

// As the command and an instance do it.
enableCompileCache()
const [database = '', mode] = process.argv.slice(2)
const isForever = mode === 'forever'
const manager = await openManager({ database, clock: systemClock, name: `am${process.pid}` })
process.stdout.write('ready\n')
async function run(): Promise<void> {
  if (isForever) await requestResync(manager.ports, COMMAND)
  const [start, usage] = [performance.now(), process.cpuUsage()]
  const { outcome, errorText } = await collectingEarly(() => manager.sync())
  const ms = performance.now() - start
  const { user, system } = process.cpuUsage(usage)
  const peakMebibytes = process.resourceUsage().maxRSS / 1024
  process.stdout.write(`${JSON.stringify({ outcome, errorText, ms, cpuMs: (user + system) / 1000, peakMebibytes })}\n`)
}

await run()
// oxlint-disable-next-line no-unmodified-loop-condition -- it ends when the process is killed
while (isForever) await run()
await manager.close()
