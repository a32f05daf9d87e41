import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FLEET_SETTINGS, FleetWitness } from './fleet-witness.ts'

const HOUR = 3_600_000

function fleetOf(surprises: readonly number[], atMs = 0): FleetWitness {
  const fleet = new FleetWitness()
  for (const [token, surpriseMs] of surprises.entries()) fleet.add(`token-${token}`, { surpriseMs, atMs })
  return fleet
}

describe('the tokens as witnesses', () => {
  it('say that the server moved when most are off the same way', () => {
    expect(fleetOf(Array.from({ length: 12 }, (_, number) => 600_000 + number * 1000)).movedMs(HOUR)).toBe(606_000)
    expect(fleetOf([...Array<number>(9).fill(-3_600_000), 0, 15_000, 20_000]).movedMs(HOUR)).toBe(-3_600_000)
  })

  it('say nothing while they are few', () => {
    expect(fleetOf(Array<number>(FLEET_SETTINGS.leastTokens - 1).fill(600_000)).movedMs(0)).toBeUndefined()
  })

  it('say nothing of ordinary drift, each token its own way', () => {
    const anyDrift = fc.array(fc.integer({ min: -40_000, max: 40_000 }), { maxLength: 100 })
    fc.assert(
      fc.property(anyDrift, (surprises) => {
        expect(fleetOf(surprises).movedMs(0)).toBeUndefined()
      }),
    )
  })

  it('say nothing when they are off by very different amounts', () => {
    expect(fleetOf([60_000, 90_000, 400_000, 900_000, 2e6, 4e6, 6e6, 8e6, 1e7, 2e7]).movedMs(0)).toBeUndefined()
  })

  it('cannot be outvoted by one token, however often it logs in', () => {
    const fleet = fleetOf(Array<number>(10).fill(0))
    for (let time = 0; time < 5000; time++) fleet.add('attacker', { surpriseMs: 1e7, atMs: time })
    expect(fleet.movedMs(5000)).toBeUndefined()
  })

  it('are never misled by a quarter of them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 60 }), fc.integer({ min: -1e9, max: 1e9 }), (tokens, lie) => {
        const liars = Math.floor(tokens / 4)
        const surprises = [...Array<number>(liars).fill(lie), ...Array<number>(tokens - liars).fill(0)]
        expect(fleetOf(surprises).movedMs(0)).toBeUndefined()
      }),
    )
  })

  it('are not asked about what they saw more than an hour ago', () => {
    const fleet = fleetOf(Array<number>(20).fill(600_000))
    expect(fleet.movedMs(HOUR)).toBe(600_000)
    expect(fleet.movedMs(HOUR + 1)).toBeUndefined()
  })
})
