import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { virtualRecord } from '../testing/virtual-token.ts'
import { addMs, addSteps, MS_PER_DAY, MS_PER_HOUR, NO_STEP, type Step, type UnixMs, unixMs } from '../time.ts'
import { stepAt } from '../tokencode/steps.ts'
import { type ClockEstimate, UNKNOWN_CLOCK } from './clock-estimate.ts'
import { LOGIN_OFFSET_CAP_MS, OFFSET_CAP_MS, RATE_CAP_PPM } from './clock-model.ts'
import { clockAfterResync, learn } from './learn.ts'
import { acceptanceWindow } from './windows.ts'

const START = unixMs(1_767_225_600_000)
const intervals = fc.constantFrom(15, 30, 60)
const formFactors = fc.constantFrom('key-fob', 'pinpad', 'software' as const)
/** Minutes to a year, short gaps and long ones alike often. */
const gapsMs = fc.array(
  fc
    .tuple(fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([exponent]) => Math.round(60_000 * (365 * 1440) ** exponent)),
  { minLength: 1, maxLength: 60 },
)

describe('a perfect clock', () => {
  it('is never refused at any window of one step or more, whenever and however often it is used', () => {
    fc.assert(
      fc.property(
        gapsMs,
        intervals,
        formFactors,
        fc.integer({ min: 1, max: 12 }),
        (gaps, intervalSeconds, formFactor, width) => {
          const seconds = width * intervalSeconds
          const windows = { small: seconds, medium: seconds, large: seconds }
          expect(firstRefusal(virtualRecord({ intervalSeconds, formFactor, windows }), gaps)).toBeUndefined()
        },
      ),
      { numRuns: 500 },
    )
  })

  it('is never refused even where the codes are read so that they feign drift, before a year of disuse', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 400 }),
        fc.integer({ min: 1, max: 90 }),
        intervals,
        fc.boolean(),
        (logins, days, intervalSeconds, late) => {
          const windows = { small: intervalSeconds, medium: intervalSeconds, large: intervalSeconds }
          const record = virtualRecord({ intervalSeconds, windows })
          const phase = (at: number) => Math.floor(((late ? at : logins - at) / logins) * (intervalSeconds * 1000 - 1))
          const times = Array.from({ length: logins }, (_, at) => at * days * MS_PER_DAY + phase(at))
          const gaps = [...times, (times.at(-1) ?? 0) + 365 * MS_PER_DAY].map(
            (time, at, all) => time - (all[at - 1] ?? 0),
          )
          expect(firstRefusal(record, gaps)).toBeUndefined()
        },
      ),
      { numRuns: 300 },
    )
  })
})

/** Logs in with a perfect clock after each gap; accepts within the small window only. @returns the login refused. */
function firstRefusal(record: ReturnType<typeof virtualRecord>, gaps: readonly number[]): number | undefined {
  let clock: ClockEstimate = UNKNOWN_CLOCK
  let now = START
  for (const [login, gap] of gaps.entries()) {
    now = addMs(now, gap)
    const step = stepAt(record, now)
    const { centre, smallSteps } = acceptanceWindow(record, { clock, highWaterStep: NO_STEP }, now)
    if (Math.abs(Number(step - centre)) > smallSteps) return login
    clock = learn(clock, { record, step, now, inDoubt: false })
  }
  return undefined
}

describe('learn', () => {
  const record = virtualRecord()

  it('never learns while the server clock is in doubt', () => {
    fc.assert(
      fc.property(clocks(), fc.integer({ min: -100, max: 100 }), (clock, off) => {
        const step = addSteps(stepAt(record, START), off)
        expect(learn(clock, { record, step, now: START, inDoubt: true })).toBe(clock)
      }),
    )
  })

  it('never learns a clock from counters', () => {
    const hotp = virtualRecord({ kind: 'hotp' })
    expect(learn(UNKNOWN_CLOCK, { record: hotp, step: stepAt(record, START), now: START, inDoubt: false })).toBe(
      UNKNOWN_CLOCK,
    )
    expect(clockAfterResync(UNKNOWN_CLOCK, { record: hotp, step: stepAt(record, START), now: START })).toBe(
      UNKNOWN_CLOCK,
    )
  })

  it.each([-90_000, 0, 90_000])(
    'is unbiased: read at every moment of an interval, a clock %i ms off is believed so on average',
    (offMs) => {
      const estimates = Array.from({ length: 6000 }, (_, at) => {
        const now = addMs(START, at * 10 + 5)
        return learn(UNKNOWN_CLOCK, { record, step: stepAt(record, addMs(now, offMs)), now, inDoubt: false }).offsetMs
      })
      const mean = estimates.reduce((sum, estimate) => sum + estimate, 0) / estimates.length
      expect(Math.abs(mean - offMs)).toBeLessThan(500)
    },
  )

  it('never takes offset or rate past their caps, nor its doubt below nothing, whatever was accepted', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 400 * 1440 }), fc.integer({ min: -70, max: 70 })), {
          maxLength: 50,
        }),
        (history) => {
          let clock: ClockEstimate = UNKNOWN_CLOCK
          let now = START
          for (const [minutes, off] of history) {
            now = addMs(now, minutes * 60_000)
            clock = learn(clock, { record, step: addSteps(stepAt(record, now), off), now, inDoubt: false })
            expect(Math.abs(clock.ratePpm)).toBeLessThanOrEqual(RATE_CAP_PPM)
            expect(Math.abs(clock.offsetMs)).toBeLessThanOrEqual(OFFSET_CAP_MS)
            expect(clock.offsetVarianceMs2).toBeGreaterThanOrEqual(0)
            expect(clock.rateVariancePpm2).toBeGreaterThanOrEqual(0)
          }
        },
      ),
    )
  })

  it('is never dragged past its cap by a walk of future or past codes, however long', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(1, -1),
        formFactors,
        intervals,
        fc.integer({ min: 20, max: 2_000_000 }),
        fc.integer({ min: 100, max: 2000 }),
        (direction, formFactor, intervalSeconds, everySeconds, logins) => {
          const walked = virtualRecord({ formFactor, intervalSeconds })
          const end = walk({ record: walked, direction, everyMs: everySeconds * 1000, logins })
          expect(Math.abs(end.offsetMs)).toBeLessThanOrEqual(LOGIN_OFFSET_CAP_MS)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('follows the twenty logins, each 150 s further ahead, that walk other servers off by 3,000 s, for less than its first-use window', () => {
    const fob = virtualRecord({ intervalSeconds: 30, windows: { small: 180, medium: 180, large: 180 } })
    let clock: ClockEstimate = UNKNOWN_CLOCK
    let accepted = 0
    for (let login = 1; login <= 20; login += 1) {
      const now = addMs(START, login * 1000)
      const step = stepAt(fob, addMs(now, login * 150_000))
      const window = acceptanceWindow(fob, { clock, highWaterStep: NO_STEP }, now)
      if (Math.abs(Number(step - window.centre)) > window.smallSteps) continue
      accepted += 1
      clock = learn(clock, { record: fob, step, now, inDoubt: false })
    }
    expect(clock.offsetMs).toBeLessThan(600_000)
    expect(accepted).toBeLessThan(20)
  })

  it('follows the drift of a token that a resync put beyond that cap, at no more than the worst rate', () => {
    const clock: ClockEstimate = { ...seenOnce(8 * MS_PER_HOUR), offsetVarianceMs2: 1e12 }
    const now = addMs(START, 30 * MS_PER_DAY)
    const follow = (aheadMs: number) =>
      learn(clock, { record, step: stepAt(record, addMs(now, 8 * MS_PER_HOUR + aheadMs)), now, inDoubt: false })
        .offsetMs
    expect(follow(120_000) - 8 * MS_PER_HOUR).toBeGreaterThan(60_000)
    expect(follow(600_000) - 8 * MS_PER_HOUR).toBeCloseTo(30 * MS_PER_DAY * RATE_CAP_PPM * 1e-6)
  })

  it('knows the rate of a steady token after some months of weekly use', () => {
    let clock: ClockEstimate = UNKNOWN_CLOCK
    for (let week = 1; week <= 40; week += 1) {
      const now = addMs(START, week * 7 * MS_PER_DAY + ((week * 7919) % 60) * 1000)
      const step = stepAt(record, addMs(now, week * 7 * MS_PER_DAY * 20e-6))
      clock = learn(clock, { record, step, now, inDoubt: false })
    }
    expect(clock.ratePpm).toBeGreaterThan(17)
    expect(clock.ratePpm).toBeLessThan(23)
  })
})

describe('clockAfterResync', () => {
  it('always centres the next window within a step of the code that follows', () => {
    fc.assert(
      fc.property(
        clocks(),
        fc.integer({ min: -719 * 60, max: 719 * 60 }),
        fc.integer({ min: 0, max: 59_999 }),
        (clock, offSeconds, phase) => {
          const record = virtualRecord()
          const now = addMs(START, phase)
          const tokenMs = addMs(now, offSeconds * 1000)
          const after = clockAfterResync(clock, { record, step: stepAt(record, tokenMs), now })
          const later = addMs(now, 60_000)
          const { centre, smallSteps } = acceptanceWindow(record, { clock: after, highWaterStep: NO_STEP }, later)
          expect(Math.abs(Number(stepAt(record, addMs(tokenMs, 60_000)) - centre))).toBeLessThanOrEqual(smallSteps)
          expect(Math.abs(after.offsetMs)).toBeLessThanOrEqual(OFFSET_CAP_MS)
        },
      ),
    )
  })

  it('keeps the rate where drift explains the jump and doubts it anew where somebody set the clock', () => {
    const record = virtualRecord()
    const clock: ClockEstimate = { ...seenOnce(0), ratePpm: 20, rateVariancePpm2: 1 }
    const now = addMs(START, 90 * MS_PER_DAY)
    const drifted = clockAfterResync(clock, { record, step: stepAt(record, addMs(now, 155_000)), now })
    expect(drifted.measurements).toBe(2)
    expect(drifted.rateVariancePpm2).toBeLessThan(20)
    const set = clockAfterResync(clock, { record, step: stepAt(record, addMs(now, 5 * MS_PER_HOUR)), now })
    expect(set.measurements).toBe(1)
    expect(set.rateVariancePpm2).toBe(400)
  })
})

interface Walk {
  readonly record: ReturnType<typeof virtualRecord>
  readonly direction: number
  readonly everyMs: number
  readonly logins: number
}

/** Somebody always uses the furthest code that is silently accepted, high-water step heeded. */
function walk({ record, direction, everyMs, logins }: Walk): ClockEstimate {
  let clock: ClockEstimate = UNKNOWN_CLOCK
  let highWaterStep: Step = NO_STEP
  let now: UnixMs = START
  for (let login = 0; login < logins; login += 1) {
    now = addMs(now, everyMs)
    const { centre, smallSteps } = acceptanceWindow(record, { clock, highWaterStep }, now)
    const step = addSteps(centre, direction * smallSteps)
    if (step <= highWaterStep) continue
    highWaterStep = step
    clock = learn(clock, { record, step, now, inDoubt: false })
  }
  return clock
}

function seenOnce(offsetMs: number): ClockEstimate {
  return {
    offsetMs,
    ratePpm: 0,
    offsetVarianceMs2: 325e6,
    offsetRateCovariance: 0,
    rateVariancePpm2: 400,
    measuredAt: START,
    measurements: 1,
  }
}

function clocks(): fc.Arbitrary<ClockEstimate> {
  return fc.record({
    offsetMs: fc.integer({ min: -OFFSET_CAP_MS, max: OFFSET_CAP_MS }),
    ratePpm: fc.integer({ min: -100, max: 100 }),
    offsetVarianceMs2: fc.integer({ min: 1, max: 1e11 }),
    offsetRateCovariance: fc.constant(0),
    rateVariancePpm2: fc.integer({ min: 0, max: 400 }),
    measuredAt: fc.option(fc.integer({ min: 0, max: 2000 }).map((days) => addMs(START, -days * MS_PER_DAY))),
    measurements: fc.nat(1000),
  })
}
