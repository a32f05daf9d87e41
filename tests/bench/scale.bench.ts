/**
 * What size costs: a store of 1,000,000 users and tokens and 10,000,000 audit records beside one of 1,000 and 10,000, in one
 * run. How fast and in how much memory the tokens are imported, how long a page of each search takes, and what a log-on
 * costs. Run: `npm run bench -- scale [USERS] [AUDIT-RECORDS]`; it needs some 20 GB of disk in full, 1 GB for 100000 1000000.
 */
import { unixMs } from '@driftlock/domain'
import type { Instance } from '../../apps/driftlock/instance/open-instance.ts'
import { grownDeployment } from './scale/grown-deployment.ts'
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

const large = await grownDeployment({ users: userCount, records: auditCount, now, say })
const small = await grownDeployment({ users: SMALL_USERS, records: SMALL_AUDIT, now, say })
const extents = [
  { store: small.instance.store, userCount: SMALL_USERS, now },
  { store: large.instance.store, userCount, now },
] as const
await compareSearches(tokenSearches(extents[0]), tokenSearches(extents[1]))
await compareSearches(auditSearches(extents[0]), auditSearches(extents[1]))
await compareLogins(small.instance, large.instance)
await small.close()
await large.close()
