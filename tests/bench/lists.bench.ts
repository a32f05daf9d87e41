/**
 * What every list costs by each of its filters, in each order, for administrators of everything, of some security domains and of
 * nearly nothing: the first page and a deep one of 1,000,000 users and tokens and 2,000,000 audit records, beside 1,000 and
 * 10,000. Told is what costs more than 2 ms and more than twice as much. Run: `npm run bench -- lists [USERS] [AUDIT-RECORDS]
 * [sqlite | postgres://…] [FOLDER] [WORDS]`: FOLDER keeps the grown databases for the next run, WORDS choose lists by name.
 */
import { unixMs } from '@driftlock/domain'
import { LOOK_FOR_MS } from '../../core/application/administration/search-patience.ts'
import { everyList, type ListCost, listCost } from './scale/every-list.ts'
import { grownDeployment } from './scale/grown-deployment.ts'

const [, , users = '1000000', records = '2000000', engine = 'sqlite', keptIn, words = ''] = process.argv
const SMALL = { users: 1000, records: 10_000 }
const WORTH_TELLING_MS = 2
const WORTH_TELLING_RATIO = 2
const ROUNDS = 5

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

const now = unixMs(Date.now())
const common = { now, say, ...(engine !== 'sqlite' && { server: engine }), ...(keptIn !== undefined && { keptIn }) }
const large = await grownDeployment({ users: Number(users), records: Number(records), ...common })
const small = await grownDeployment({ ...SMALL, ...common })
const few = everyList({ store: small.instance.store, userCount: SMALL.users, now })
const many = everyList({ store: large.instance.store, userCount: Number(users), now })

function told(cost: ListCost, beside: ListCost, which: 'firstMs' | 'deepMs'): string | undefined {
  const [ms, besideMs] = [cost[which], beside[which]]
  if (ms <= WORTH_TELLING_MS || ms <= WORTH_TELLING_RATIO * besideMs) return undefined
  const rows = `${cost.rows} rows${cost.hasMore ? ' and more' : ''}`
  const page = which === 'firstMs' ? 'first' : 'deep'
  return `${page} page ${ms.toFixed(1)} ms (${rows}), beside ${besideMs.toFixed(1)} ms (${beside.rows}): × ${(ms / besideMs).toFixed(1)}`
}

const sums = { lists: 0, told: 0, bounded: 0 }
for (const [index, search] of many.entries()) {
  const beside = few[index]
  if (beside === undefined) throw new Error('Both stores are asked the same.')
  if (!search.name.includes(words)) continue
  const request = { limit: 50, lookForMs: LOOK_FOR_MS }
  const [smallCost, cost] = [await listCost(beside, request, ROUNDS), await listCost(search, request, ROUNDS)]
  const lines = (['firstMs', 'deepMs'] as const).map((which) => told(cost, smallCost, which))
  for (const line of lines) if (line !== undefined) say(`${search.name}: ${line}`)
  sums.lists += 1
  if (lines.some((line) => line !== undefined)) sums.told += 1
  if (Math.max(cost.firstMs, cost.deepMs) >= LOOK_FOR_MS) sums.bounded += 1
}
say(`${sums.lists} lists, ${sums.told} of them told, ${sums.bounded} of these looked until the time was over`)
await large.close()
await small.close()
