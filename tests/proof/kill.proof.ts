/**
 * Kills processes under load without warning, 50 rounds on each engine: no acknowledged login may be lost, no used step
 * may become usable again. Run: `npm run proof -- kill [ROUNDS]`; exit code 1 if anything is missing.
 */
import { crashRounds } from '../../adapters/sql/testing/conformance/crash-rounds.ts'
import { postgresqlUnderTest, sqliteUnderTest } from '../../adapters/sql/testing/conformance/engine-under-test.ts'

const rounds = Number(process.argv[2] ?? 50)

for (const engine of [sqliteUnderTest(), postgresqlUnderTest()]) {
  await engine.start()
  try {
    const report = await crashRounds(engine, rounds, ['one', 'two'])
    process.stdout.write(`${engine.name}: ${rounds} rounds, ${JSON.stringify(report)}\n`)
    const isWhole = report.acknowledged > 0 && report.lost + report.replayable + report.gapsInChains === 0
    if (!isWhole) process.exitCode = 1
  } finally {
    await engine.stop()
  }
}
