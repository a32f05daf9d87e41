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

describe.each([sqliteUnderTest(), postgresqlUnderTest()])('32 uses of one code at once on $name', (engine) => {
  beforeAll(() => engine.start())
  afterAll(() => engine.stop())

  it('are accepted exactly once', async () => {
    expect(await race(engine, ROUNDS, 1)).toEqual(exactlyOnce)
  })

  it.runIf(engine.name === 'PostgreSQL')('are accepted exactly once when two processes take them', async () => {
    expect(await race(engine, ROUNDS, 2)).toEqual(exactlyOnce)
  })
})
