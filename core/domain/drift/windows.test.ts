import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { virtualRecord } from '../testing/virtual-token.ts'
import { addMs, MS_PER_DAY, NO_STEP, step, unixMs } from '../time.ts'
import { stepAt } from '../tokencode/steps.ts'
import { type ClockEstimate, UNKNOWN_CLOCK } from './clock-estimate.ts'
import { acceptanceWindow, defaultWindows, smallBounds, stepsInSeconds } from './windows.ts'

const START = unixMs(1_767_225_600_000)
/** A clock that daily use has measured well. */
const KNOWN: ClockEstimate = {
  offsetMs: 0,
  ratePpm: 0,
  offsetVarianceMs2: 25e6,
  offsetRateCovariance: 0,
  rateVariancePpm2: 9,
  measuredAt: START,
  measurements: 40,
}

const windowAfter = (days: number, clock: ClockEstimate, record = virtualRecord()) =>
  acceptanceWindow(record, { clock, highWaterStep: NO_STEP }, addMs(START, days * MS_PER_DAY))

describe('defaultWindows', () => {
  it.each([
    ['key-fob', 60, { small: 60, medium: 180, large: 600 }],
    ['key-fob', 30, { small: 30, medium: 90, large: 300 }],
    ['pinpad', 60, { small: 120, medium: 240, large: 600 }],
    ['software', 60, { small: 600, medium: 720, large: 4200 }],
  ] as const)('are the published ones for a %s of %i s', (formFactor, intervalSeconds, expected) => {
    expect(defaultWindows('securid', formFactor, intervalSeconds)).toEqual(expected)
  })

  it('are 3, 7 and 100 counters for HOTP', () => {
    expect(defaultWindows('hotp', 'key-fob', 0)).toEqual({ small: 3, medium: 7, large: 100 })
  })
})

describe('stepsInSeconds', () => {
  it('reads the seed files of software tokens: 630 s are ±10 steps of 60 s, 4320 s are ±72', () => {
    expect([stepsInSeconds(630, 60), stepsInSeconds(4320, 60), stepsInSeconds(10, 60)]).toEqual([10, 72, 1])
  })
})

describe('acceptanceWindow', () => {
  it('grows with disuse and narrows with evidence', () => {
    const days = [0, 30, 60, 120, 240, 480].map((after) => windowAfter(after, KNOWN).smallSteps)
    expect(days).toEqual([...days].sort((one, other) => one - other))
    expect([days[0], days.at(-1)]).toEqual([1, 10])
    const software = virtualRecord({ formFactor: 'software' })
    expect(windowAfter(0, UNKNOWN_CLOCK, software).smallSteps).toBe(10)
    expect(windowAfter(0, KNOWN, software).smallSteps).toBe(4)
  })

  it('gives a fob fresh from the box ten minutes', () => {
    expect(windowAfter(0, UNKNOWN_CLOCK)).toMatchObject({ smallSteps: 10, mediumSteps: 10, largeSteps: 10 })
  })

  it('is never below one step, never above its bounds, and small ≤ medium ≤ large always', () => {
    fc.assert(
      fc.property(
        fc.record({
          small: fc.integer({ min: 1, max: 5000 }),
          medium: fc.integer({ min: 1, max: 5000 }),
          large: fc.integer({ min: 1, max: 5000 }),
        }),
        fc.constantFrom(30, 60),
        fc.double({ min: 0, max: 1e12, noNaN: true }),
        fc.nat(3000),
        fc.nat(20),
        (windows, intervalSeconds, offsetVarianceMs2, days, measurements) => {
          const record = virtualRecord({ intervalSeconds, windows })
          const window = windowAfter(days, { ...KNOWN, offsetVarianceMs2, measurements }, record)
          const usual = stepsInSeconds(windows.small, intervalSeconds)
          const most = Math.max(usual, stepsInSeconds(Math.min(windows.large, 600), intervalSeconds))
          expect(window.smallSteps).toBeGreaterThanOrEqual(Math.max(1, measurements < 5 ? usual : usual / 3))
          expect(window.smallSteps).toBeLessThanOrEqual(most)
          expect(window.mediumSteps).toBeGreaterThanOrEqual(window.smallSteps)
          expect(window.largeSteps).toBeGreaterThanOrEqual(window.mediumSteps)
        },
      ),
    )
  })

  it('carries a proven rate on and widens for one that is not', () => {
    const drifting = { ...KNOWN, ratePpm: 20, offsetRateCovariance: 9 * 5000 }
    expect(windowAfter(90, drifting).offsetMs).toBeCloseTo(90 * MS_PER_DAY * 20e-6)
    const doubtful = { ...KNOWN, ratePpm: 20, offsetRateCovariance: 9 * 1000 }
    expect(windowAfter(90, doubtful).offsetMs).toBe(0)
    expect(windowAfter(30, doubtful).smallSteps).toBeGreaterThan(
      windowAfter(30, { ...doubtful, ratePpm: 0 }).smallSteps,
    )
  })

  it('centres on the step the token is believed to show', () => {
    const record = virtualRecord()
    const now = addMs(START, 30_000)
    const window = acceptanceWindow(record, { clock: { ...KNOWN, offsetMs: -600_000 }, highWaterStep: NO_STEP }, now)
    expect(window.centre).toBe(stepAt(record, addMs(now, -600_000)))
  })

  it('does not run backwards when the server clock was set back', () => {
    expect(windowAfter(-100, KNOWN)).toMatchObject({ smallSteps: 1, offsetMs: 0 })
  })

  it('looks ahead of the last counter for HOTP, further on first use and then with the next tokencode', () => {
    const record = virtualRecord({ kind: 'hotp' })
    const at = (highWaterStep: bigint) =>
      acceptanceWindow(record, { clock: UNKNOWN_CLOCK, highWaterStep: step(highWaterStep) }, START)
    expect(at(41n)).toEqual({ centre: 42n, smallSteps: 2, mediumSteps: 6, largeSteps: 99, offsetMs: 0 })
    expect(at(-1n)).toEqual({ centre: 0n, smallSteps: 6, mediumSteps: 99, largeSteps: 99, offsetMs: 0 })
  })

  it('never narrows before five measurements', () => {
    const record = virtualRecord({ formFactor: 'software' })
    expect([smallBounds(record, 4).narrowest, smallBounds(record, 5).narrowest]).toEqual([10, 4])
  })
})
