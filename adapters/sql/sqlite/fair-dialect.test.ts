import { DatabaseSync } from 'node:sqlite'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { kyselyForReading } from './sqlite-connection.ts'

/** Keeps the thread for a few milliseconds. */
const slow = sql`WITH RECURSIVE count (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE n < 30000) SELECT max(n) FROM count`

it('lets the event loop turn while query follows query', async () => {
  const database = kyselyForReading(new DatabaseSync(':memory:'))
  let turns = 0
  const count = (): void => {
    turns += 1
    next = setImmediate(count)
  }
  let next = setImmediate(count)
  for (let page = 0; page < 30; page++) await slow.execute(database)
  clearImmediate(next)
  expect(turns).toBeGreaterThan(5)
})
