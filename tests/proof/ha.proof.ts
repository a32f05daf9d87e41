/**
 * High availability, longer than the tests: random histories on both engines, a run killed at every step it takes, and
 * processes killed without warning. Run: `npm run proof -- ha [HISTORIES] [KILLS] [SEED]`; a failure prints the smallest
 * history. Exit code 1 if anything is not as at the cloud.
 */
import { postgresqlUnderTest, sqliteUnderTest } from '../../adapters/sql/testing/conformance/engine-under-test.ts'
import { killedProcesses } from '../high-availability/testing/killed-processes.ts'
import { killedRuns } from '../high-availability/testing/killed-runs.ts'
import { playHistories } from '../high-availability/testing/play-histories.ts'

const [histories = 100, kills = 50, firstSeed = Date.now() % 2 ** 31] = process.argv.slice(2).map(Number)
/** Histories of one seed; what came of them is said after each lot. */
const LOT = 10

function say(line: string, faults: readonly string[] = []): void {
  process.stdout.write(`${line}${faults.map((fault) => `\n  ${fault}`).join('')}\n`)
  if (faults.length > 0) process.exitCode = 1
}

for (const engine of [sqliteUnderTest(), postgresqlUnderTest()]) {
  await engine.start()
  try {
    const faults = await killedProcesses(kills, await engine.newDatabase())
    say(`${engine.name}: a process killed ${kills} times, ${faults.length} differences`, faults)
    for (const kind of ['incremental', 'full'] as const) {
      const { points, faults: found } = await killedRuns(await engine.newDatabase(), { kind })
      say(`${engine.name}: ${kind} run killed at each of ${points.length} steps, ${found.length} differences`, found)
    }
    for (let done = 0; done < histories; done += LOT) {
      const seed = firstSeed + done
      const newDatabase = () => engine.newDatabase()
      const events = await playHistories({ histories: Math.min(LOT, histories - done), seed, newDatabase })
      say(`${engine.name}: histories from ${done} (seed ${seed}), ${events} events, all well`)
    }
  } finally {
    await engine.stop()
  }
}
