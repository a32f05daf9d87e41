import { mkdtempSync, rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TokenSort, UserSort } from '@driftlock/application'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Queries } from '../engine.ts'
import { openStore } from '../open-store.ts'
import { kyselyOver } from '../sqlite/sqlite-connection.ts'
import { plainAuditChain } from '../testing/plain-audit-chain.ts'
import { type Criterion, type SearchPlan, searchPlan } from './search-plan.ts'
import { tokenCriteria, tokenOrder } from './token-search.ts'
import { userCriteria, userOrder } from './user-search.ts'
import { nextKeys, type Place, placeBehind, placeBeyond } from './list-order.ts'
import type { Walk } from './walking.ts'

const folder = mkdtempSync(join(tmpdir(), 'driftlock-walking-'))
const path = join(folder, 'store.db')
let queries: Queries
let raw: DatabaseSync

beforeAll(async () => {
  await (await openStore({ database: path, auditChain: plainAuditChain('one') })).close()
  raw = new DatabaseSync(path)
  queries = kyselyOver(raw)
})
afterAll(() => {
  raw.close()
  rmSync(folder, { recursive: true })
})

/** How SQLite goes about the next keys of a list. */
function stepsOf({ plan, order }: Walk, place: Place): readonly string[] {
  const { sql: text, parameters } = sql`SELECT * FROM ${nextKeys({ plan, order }, place, 51)} AS w`.compile(queries)
  const bound = parameters as readonly (string | number)[] // those of the lists
  return raw
    .prepare(`EXPLAIN QUERY PLAN ${text}`)
    .all(...bound)
    .map(({ detail }) => String(detail))
}

/** Every stretch is sought in an index, from the cursor on: none is read from its beginning, and nothing is sorted. */
function expectWalkInIndex(walk: Walk, cursor: readonly (string | number)[]): void {
  const behind = placeBehind(walk, cursor)
  const places = [{ type: 'start' } as const, behind, placeBeyond(behind)].filter((one) => one !== undefined)
  for (const place of places) {
    const read = stepsOf(walk, place).filter((step) => /tokens|users|B-TREE/.test(step))
    expect(read.length).toBeGreaterThan(0)
    for (const step of read) expect(step).toMatch(/^SEARCH \w+ USING (COVERING )?INDEX/)
  }
}

function planOf<Sort extends string>(
  table: SearchPlan['table'],
  criteria: Iterable<Criterion<Sort>>,
  sort: Sort,
): Promise<SearchPlan> {
  return searchPlan({ queries, kind: 'sqlite', table }, { criteria: [...criteria], sort })
}

const TOKEN_CURSORS = {
  serial: ['5'],
  expiry: [5, 'a'],
  'last-used': [5, 'a'],
  'leaves-window': [5, 'a'],
  owner: ['m', 'a'],
}
const USER_CURSORS = {
  username: ['m', 'a'],
  'first-name': ['m', 'm', 'a'],
  'last-name': ['m', 'm', 'a'],
  email: ['m', 'a'],
  expiry: [5, 'a'],
}

it.each(Object.entries(TOKEN_CURSORS) as [TokenSort, (string | number)[]][])(
  'walks the tokens by %s from wherever a page begins',
  async (sort, cursor) => {
    const walk = { plan: await planOf('tokens', tokenCriteria({}), sort), order: tokenOrder(sort) }
    expectWalkInIndex(walk, cursor)
  },
)

it.each(Object.entries(USER_CURSORS) as [UserSort, (string | number)[]][])(
  'walks the users by %s from wherever a page begins, of all domains and of some',
  async (sort, cursor) => {
    const order = userOrder(sort)
    const domains = userCriteria({ securityDomainIds: ['a', 'b'] })
    const [all, some] = [await planOf('users', userCriteria({}), sort), await planOf('users', domains, sort)]
    for (const plan of [all, some]) {
      expectWalkInIndex({ plan, order }, cursor)
    }
  },
)
