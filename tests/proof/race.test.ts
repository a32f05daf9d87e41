import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postgresqlUnderTest, sqliteUnderTest } from '../../adapters/sql/testing/conformance/engine-under-test.ts'
import { race } from './race/race.ts'

const ROUNDS = 10
const exactlyOnce = {
  rounds: ROUNDS,
  acceptedNever: 0,
  acceptedOnce: ROUNDS,
  acceptedTwiceOrMore: 0,
  auditedAccepts: ROUNDS,
}

const [sqlite, postgresql] = [sqliteUnderTest(), postgresqlUnderTest()]

describe('one of 32 uses of one code at once is accepted', () => {
  beforeAll(() => Promise.all([sqlite.start(), postgresql.start()]))
  afterAll(() => Promise.all([sqlite.stop(), postgresql.stop()]))

  it.each([sqlite, postgresql])('on $name', async (engine) => {
    expect(await race(engine, ROUNDS, 1)).toEqual(exactlyOnce)
  })

  it('by two processes on one PostgreSQL', async () => {
    expect(await race(postgresql, ROUNDS, 2)).toEqual(exactlyOnce)
  })
})
