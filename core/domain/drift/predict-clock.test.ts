import { describe, expect, it } from 'vitest'
import { virtualRecord } from '../testing/virtual-token.ts'
import { addMs, MS_PER_DAY, MS_PER_SECOND, unixMs } from '../time.ts'
import { type ClockEstimate, UNKNOWN_CLOCK } from './clock-estimate.ts'
import { measurementVarianceMs2 } from './clock-model.ts'
import { predictClock } from './predict-clock.ts'

const record = virtualRecord()
const measuredAt = unixMs(Date.UTC(2026, 0, 1))
const clock: ClockEstimate = {
  offsetMs: 4000,
  ratePpm: -12,
  offsetVarianceMs2: 9e6,
  offsetRateCovariance: 1500,
  rateVariancePpm2: 30,
  measuredAt,
  measurements: 4,
}

describe('a clock carried on', () => {
  it('doubts as the law of motion says: F·P·Fᵀ plus the wander of the rate, integrated', () => {
    const elapsedMs = 40 * MS_PER_DAY
    const reach = elapsedMs * 1e-6
    const wander = (4 / (30 * MS_PER_DAY)) * elapsedMs
    const { offsetVarianceMs2: pp, offsetRateCovariance: pr, rateVariancePpm2: rr } = clock
    const moved = predictClock(record, clock, addMs(measuredAt, elapsedMs))
    expect(moved.offsetMs).toBeCloseTo(4000 - 12 * reach, 6)
    expect(moved.carriedMs).toBeCloseTo(-12 * reach, 6)
    expect(moved.rateVariancePpm2).toBeCloseTo(rr + wander, 6)
    expect(moved.offsetRateCovariance).toBeCloseTo(pr + reach * rr + (reach * wander) / 2, 3)
    expect(moved.offsetVarianceMs2).toBeCloseTo(
      pp + 2 * reach * pr + reach * reach * rr + (reach * reach * wander) / 3,
      0,
    )
    expect(moved.elapsedMs).toBe(elapsedMs)
  })

  it('wanders by itself where the network sets it', () => {
    const software = virtualRecord({ formFactor: 'software' })
    const still = { ...clock, offsetRateCovariance: 0, rateVariancePpm2: 0 }
    const moved = predictClock(software, still, addMs(measuredAt, MS_PER_DAY))
    const reach = MS_PER_DAY * 1e-6
    expect(moved.offsetVarianceMs2 - still.offsetVarianceMs2).toBeCloseTo(MS_PER_SECOND ** 2 + (reach * reach) / 90, 3)
  })

  it('does not run backwards when the server clock was set back', () => {
    const now = predictClock(record, clock, measuredAt)
    expect(predictClock(record, clock, addMs(measuredAt, -MS_PER_DAY))).toEqual(now)
    expect(now).toMatchObject({ offsetMs: 4000, offsetVarianceMs2: 9e6, elapsedMs: 0 })
  })

  it('is what its kind usually is when it was never seen, however late it is', () => {
    const unseen = { ...UNKNOWN_CLOCK, offsetMs: 77, ratePpm: 50, offsetVarianceMs2: 1, rateVariancePpm2: 1 }
    expect(predictClock(record, unseen, measuredAt)).toEqual({
      offsetMs: 77,
      offsetVarianceMs2: (300 * MS_PER_SECOND) ** 2,
      offsetRateCovariance: 0,
      rateVariancePpm2: 400,
      carriedMs: 0,
      rateProven: false,
      elapsedMs: 0,
    })
  })
})

describe('a rate is proven', () => {
  const proven = (changes: Partial<ClockEstimate>) =>
    predictClock(record, { ...clock, offsetRateCovariance: 0, ...changes }, measuredAt).rateProven
  const noiseMs = Math.sqrt(measurementVarianceMs2(record))
  const feignedPpm = (30_000 * Math.sqrt(4 * 0.01)) / noiseMs

  it('where no reading errors can feign it, fast or slow, and not a hair before', () => {
    for (const way of [1, -1]) {
      expect(proven({ rateVariancePpm2: 0.01, ratePpm: way * feignedPpm * 1.0001 })).toBe(true)
      expect(proven({ rateVariancePpm2: 0.01, ratePpm: way * feignedPpm })).toBe(false)
    }
  })

  it('where it carried the clock over more than one interval within what is remembered', () => {
    const arm = { rateVariancePpm2: 1, measurements: 10_000, ratePpm: 10 }
    expect(proven({ ...arm, offsetRateCovariance: 6001 })).toBe(true)
    expect(proven({ ...arm, offsetRateCovariance: 6000 })).toBe(false)
  })

  it('never where nothing is known of it', () => {
    expect(proven({ rateVariancePpm2: 0, ratePpm: 90 })).toBe(false)
  })
})
