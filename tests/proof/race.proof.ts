/**
 * One code used 32 times at once, 1,000 times: on SQLite, on PostgreSQL, and by two processes on one PostgreSQL. Exactly one
 * use may be accepted. Run: `npm run proof -- race [ROUNDS]`; exit code 1 if it was ever otherwise.
 */
import { postgresqlUnderTest, sqliteUnderTest } from '../../adapters/sql/testing/conformance/engine-under-test.ts'
import { isWhole, race } from './race/race.ts'

const rounds = Number(process.argv[2] ?? 1000)
const [sqlite, postgresql] = [sqliteUnderTest(), postgresqlUnderTest()]

for (const [engine, processes] of [
  [sqlite, 1],
  [postgresql, 1],
  [postgresql, 2],
] as const) {
  await engine.start()
  try {
    const start = performance.now()
    const report = await race(engine, rounds, processes)
    const seconds = ((performance.now() - start) / 1000).toFixed(0)
    process.stdout.write(`${engine.name}, processes: ${processes}: ${JSON.stringify(report)}, ${seconds} s\n`)
    if (!isWhole(report)) process.exitCode = 1
  } finally {
    await engine.stop()
  }
}
