import { describe, expect, it } from 'vitest'
import { virtualRecord } from '../testing/virtual-token.ts'
import { type FleetScenario, simulateFleet } from './fleet-simulation.ts'
import { seededRandom } from './seeded-random.ts'

const fob = (intervalSeconds: number, steps?: number) =>
  virtualRecord({
    intervalSeconds,
    ...(steps && {
      windows: { small: steps * intervalSeconds, medium: steps * intervalSeconds, large: steps * intervalSeconds },
    }),
  })
const perfect = { slowestPpm: 0, fastestPpm: 0, wanderPpm: 0, typingMs: 0 }
const quartz = { slowestPpm: -42, fastestPpm: 20, wanderPpm: 2, typingMs: 8000 }
const simulate = (scenario: FleetScenario) => simulateFleet(scenario, seededRandom(7))

describe('simulateFleet', () => {
  it.each([30, 60])('never refuses a perfect clock at ±1 step of %i s in 2,000 logins', (interval) => {
    const outcome = simulate({ ...perfect, record: fob(interval, 1), tokens: 1, years: 5.5, everyDays: 1 })
    expect(outcome.logins).toBeGreaterThan(2000)
    expect(outcome.silent).toBe(outcome.logins)
  })

  it.each([30, 60])('always accepts 2 s a day at 90-day use with the default windows of a %i s fob', (interval) => {
    for (const ppm of [-2 / 0.0864, 2 / 0.0864]) {
      const outcome = simulate({
        ...perfect,
        slowestPpm: ppm,
        fastestPpm: ppm,
        record: fob(interval),
        tokens: 1,
        years: 3.05,
        everyDays: 90,
      })
      expect(outcome.logins).toBeGreaterThanOrEqual(12)
      expect(outcome.silent).toBe(outcome.logins)
    }
  })

  it('accepts silently every login of quartz fobs used daily to every 90 days over five years', () => {
    for (const everyDays of [1, 7, 30, 90]) {
      const outcome = simulate({ ...quartz, record: fob(60), tokens: 8, years: 5, everyDays })
      expect([outcome.withNextTokencode, outcome.refused]).toEqual([0, 0])
    }
  })

  it('estimates without bias: what remains is the time it takes to type', () => {
    const outcome = simulate({ ...quartz, record: fob(60), tokens: 20, years: 2, everyDays: 7 })
    expect(Math.abs(outcome.meanErrorMs + quartz.typingMs / 2)).toBeLessThan(1000)
    expect(outcome.errorMs).toBeLessThan(15_000)
  })

  it('counts tokens that drifted out of every window as refused and goes on after their resync', () => {
    const outcome = simulate({ ...quartz, record: fob(30, 1), tokens: 10, years: 5, everyDays: 365 })
    expect(outcome.refused).toBeGreaterThan(0)
    expect(outcome.silent + outcome.withNextTokencode + outcome.refused).toBe(outcome.logins)
  })

  it('gives the same result for the same seed', () => {
    const scenario = { ...quartz, record: fob(60), tokens: 2, years: 1, everyDays: 7 }
    expect(simulate(scenario)).toEqual(simulate(scenario))
    expect(simulate(scenario)).not.toEqual(simulateFleet(scenario, seededRandom(8)))
  })

  it('lets as many tokens log in as often as asked', () => {
    const yearly = { ...perfect, record: fob(60), years: 1, everyDays: 10 }
    expect(simulateFleet({ ...yearly, tokens: 1 }, () => 0.5).logins).toBe(36)
    expect(simulateFleet({ ...yearly, tokens: 3 }, () => 0.5).logins).toBe(108)
    // A tenth of the gap either way, by chance.
    expect(simulateFleet({ ...yearly, tokens: 1 }, () => 0).logins).toBe(40)
    expect(simulateFleet({ ...yearly, tokens: 1 }, () => 0.999_999).logins).toBe(33)
  })

  it('tells apart what is accepted silently, with the next tokencode, and not at all', () => {
    const record = virtualRecord({ intervalSeconds: 30, windows: { small: 30, medium: 30, large: 3000 } })
    const outcome = simulate({ ...quartz, record, tokens: 10, years: 5, everyDays: 365 })
    expect(outcome.silent).toBeGreaterThan(0)
    expect(outcome.withNextTokencode).toBeGreaterThan(0)
    expect(outcome.silent + outcome.withNextTokencode + outcome.refused).toBe(outcome.logins)
  })

  it('refuses a second log-on with the code of the same step', () => {
    const often = { ...perfect, record: fob(60), tokens: 1, years: 1 / 3652.5, everyDays: 30 / 86_400 }
    const { silent, refused } = simulateFleet(often, () => 0.5)
    expect([silent, refused]).toEqual([145, 143])
  })

  it('runs clocks fast in the first half of the year and slow in the second', () => {
    const wander = 20
    const after = (years: number, ppm: number) => {
      const device = { slowestPpm: ppm, fastestPpm: ppm, wanderPpm: wander, typingMs: 0 }
      const scenario = { ...device, record: fob(60, 1), tokens: 1, years: years * 1.05, everyDays: years * 365.25 }
      return simulateFleet(scenario, () => 0.5).silent
    }
    // What the season adds in half a year, 2/π of its height, is made good by the other half, or by a slow quartz.
    expect([after(1, 0), after(0.5, 0)]).toEqual([1, 0])
    const season = (wander * 2) / Math.PI
    expect([after(0.5, -season), after(0.5, season)]).toEqual([1, 0])
  })
})
