/**
 * What the store costs: lookup + commit by 1, 16 and 64 clients on each engine, beside the disk's own rate (overwrite
 * 4 KiB + fdatasync) in the same run. Run: `npm run bench -- store [SECONDS] [USERS] [sqlite|postgresql]`.
 */
import {
  type EngineUnderTest,
  openAs,
  postgresqlUnderTest,
  sqliteUnderTest,
} from '../../adapters/sql/testing/conformance/engine-under-test.ts'
import type { Store } from '../../adapters/sql/open-store.ts'
import { acceptance, sampleToken, sampleUser } from '../../adapters/sql/testing/sample-data.ts'
import { diskRate } from './disk-rate.ts'

const seconds = Number(process.argv[2] ?? 3)
const userCount = Number(process.argv[3] ?? 10_000)

async function fill(store: Store): Promise<void> {
  for (let from = 0; from < userCount; from += 500) {
    await store.administration.transaction(async (tx) => {
      for (let index = from; index < Math.min(from + 500, userCount); index++) {
        const user = sampleUser(`user${index}`)
        await tx.users.insert(user)
        await tx.tokens.insert(sampleToken(String(index).padStart(12, '0'), { userId: user.user.id }))
      }
    })
  }
  await store.analyse()
}

/** Logs users in until the time is up. @returns the milliseconds of each login. */
async function client(store: Store, spent: { count: number }, until: number): Promise<readonly number[]> {
  const latencies: number[] = []
  while (performance.now() < until) {
    const start = performance.now()
    const { subjects } = await store.authentication.lookup([`user${Math.floor(Math.random() * userCount)}`])
    const [subject] = subjects
    if (subject === undefined) throw new Error('Every user was stored.')
    const outcome = await store.authentication.commit(acceptance(subject, 1000 + spent.count++))
    if (outcome === 'committed') latencies.push(performance.now() - start)
  }
  return latencies
}

function percentile(sorted: readonly number[], share: number): string {
  return (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(2)
}

async function measure(engine: EngineUnderTest): Promise<void> {
  await engine.start()
  const store = await openAs('bench', await engine.newDatabase())
  await fill(store)
  const spent = { count: 0 }
  await client(store, spent, performance.now() + 500)
  for (const clients of [1, 16, 64]) {
    const before = diskRate()
    const cpu = process.cpuUsage()
    const start = performance.now()
    const until = start + seconds * 1000
    const own = await Promise.all(Array.from({ length: clients }, () => client(store, spent, until)))
    const latencies = own.flat()
    const elapsed = (performance.now() - start) / 1000
    const used = process.cpuUsage(cpu)
    const limit = (before + diskRate()) / 2
    latencies.sort((a, b) => a - b)
    const rate = latencies.length / elapsed
    process.stdout.write(
      `${engine.name} c=${clients}: ${rate.toFixed(0)} logins/s = ${(rate / limit).toFixed(2)} of the disk's ${limit.toFixed(0)}/s, ` +
        `p50 ${percentile(latencies, 0.5)} ms, p99 ${percentile(latencies, 0.99)} ms, ` +
        `${((used.user + used.system) / latencies.length).toFixed(0)} µs CPU of this process a login\n`,
    )
  }
  await store.close()
  await engine.stop()
}

const only = process.argv[4]
if (only !== 'postgresql') await measure(sqliteUnderTest())
if (only !== 'sqlite') await measure(postgresqlUnderTest())
