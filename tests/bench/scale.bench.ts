/**
 * What size costs: a store of 1,000,000 users and tokens and 10,000,000 audit records beside one of 1,000 and 10,000, in one
 * run. How fast and in how much memory the tokens are imported, how long a page of each search takes, and what a log-on
 * costs. Run: `npm run bench -- scale [USERS] [AUDIT-RECORDS]`; it needs some 20 GB of disk in full, 1 GB for 100000 1000000.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unixMs } from '@driftlock/domain'
import { initialiseInstance } from '../../apps/driftlock/instance/initialise-instance.ts'
import { type Instance, openInstance } from '../../apps/driftlock/instance/open-instance.ts'
import { growAudit, growUsers } from './scale/grown-store.ts'
import { timedImport } from './scale/timed-import.ts'
import { type LoginCost, Logins, preparedHolders } from './scale/timed-logins.ts'
import { auditSearches, medianMs, type Search, tokenSearches } from './scale/timed-searches.ts'

const userCount = Number(process.argv[2] ?? 1_000_000)
const auditCount = Number(process.argv[3] ?? 10_000_000)
const SMALL_USERS = 1000
const SMALL_AUDIT = 10_000
const HOLDERS = 20_000
const ROUND_SECONDS = 3
const ROUNDS = 5
const now = unixMs(Date.now())

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** The same by SQL, at full speed: nothing here has to outlive a power cut. */
function grow(path: string, users: number, records: number): void {
  const start = performance.now()
  const database = new DatabaseSync(path)
  database.exec(
    'PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -262144; PRAGMA foreign_keys = OFF',
  )
  growUsers(database, users, now)
  growAudit(database, records, { count: users, nowMs: now })
  database.exec('PRAGMA analysis_limit = 1000; ANALYZE; PRAGMA journal_mode = WAL')
  database.close()
  const gibibytes = statSync(path).size / 1024 ** 3
  say(
    `grown to ${users} users and ${records} audit records in ${((performance.now() - start) / 1000).toFixed(0)} s: ${gibibytes.toFixed(2)} GiB`,
  )
}

async function deployment(users: number, records: number): Promise<Instance> {
  const options = { dataFolder: mkdtempSync(join(tmpdir(), 'driftlock-scale-')), environment: {}, name: 'bench' }
  const first = await initialiseInstance(options)
  say(await timedImport(first, users))
  const path = first.database
  await first.close()
  grow(path, users, records)
  return openInstance(options)
}

async function compareSearches(small: readonly Search[], large: readonly Search[]): Promise<void> {
  for (const [index, search] of large.entries()) {
    const beside = small[index]
    if (beside === undefined) throw new Error('Both stores are asked the same.')
    const [few, many] = [await medianMs(beside), await medianMs(search)]
    say(
      `${search.name}: ${many.ms.toFixed(2)} ms for ${many.rows} rows, at ${SMALL_USERS} users ${few.ms.toFixed(2)} ms for ${few.rows}: × ${(many.ms / few.ms).toFixed(2)}`,
    )
  }
}

function median(costs: readonly LoginCost[], figure: keyof LoginCost): number {
  return costs.map((cost) => cost[figure]).toSorted((a, b) => a - b)[Math.floor(costs.length / 2)] ?? 0
}

/** Round by round in turn, so that a disk that others use too is slow for both. */
async function compareLogins(small: Instance, large: Instance): Promise<void> {
  const few = new Logins(small, await preparedHolders(small, SMALL_USERS, HOLDERS))
  const many = new Logins(large, await preparedHolders(large, userCount, HOLDERS))
  const costs: { readonly few: LoginCost[]; readonly many: LoginCost[] } = { few: [], many: [] }
  await few.forSeconds(1)
  await many.forSeconds(1)
  for (let round = 0; round < ROUNDS; round++) {
    costs.few.push(await few.forSeconds(ROUND_SECONDS))
    costs.many.push(await many.forSeconds(ROUND_SECONDS))
  }
  for (const [figure, unit] of [
    ['cpuMicros', 'µs CPU a log-on'],
    ['rate', 'log-ons/s'],
    ['p99Ms', 'ms p99'],
  ] as const) {
    const [at, beside] = [median(costs.many, figure), median(costs.few, figure)]
    say(
      `16 callers: ${at.toFixed(1)} ${unit}, at ${SMALL_USERS} users ${beside.toFixed(1)}: × ${(at / beside).toFixed(2)}`,
    )
  }
}

const large = await deployment(userCount, auditCount)
const small = await deployment(SMALL_USERS, SMALL_AUDIT)
const extents = [
  { store: small.store, userCount: SMALL_USERS, now },
  { store: large.store, userCount, now },
] as const
await compareSearches(tokenSearches(extents[0]), tokenSearches(extents[1]))
await compareSearches(auditSearches(extents[0]), auditSearches(extents[1]))
await compareLogins(small, large)
for (const instance of [small, large]) {
  await instance.close()
  rmSync(instance.dataFolder.path, { recursive: true })
}
