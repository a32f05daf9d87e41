import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { virtualRecord } from '../testing/virtual-token.ts'
import { addMs, MS_PER_DAY, NO_STEP, type UnixMs, unixMs } from '../time.ts'
import { stepAt } from '../tokencode/steps.ts'
import { type ClockEstimate, UNKNOWN_CLOCK } from './clock-estimate.ts'
import { forecast } from './forecast.ts'
import { learn } from './learn.ts'
import { acceptanceWindow } from './windows.ts'

const START = unixMs(1_767_225_600_000)
const IN_TEN_YEARS = addMs(START, 3650 * MS_PER_DAY)
const record = virtualRecord()

/** Learned by weekly use for a year, read at varying moments. */
function usedForAYear(ppm: number, endsAt: UnixMs): ClockEstimate {
  let clock: ClockEstimate = UNKNOWN_CLOCK
  for (let week = 52; week >= 0; week -= 1) {
    const now = addMs(endsAt, -week * 7 * MS_PER_DAY + ((week * 7919) % 60) * 1000)
    const tokenMs = addMs(now, (52 - week) * 7 * MS_PER_DAY * ppm * 1e-6)
    clock = learn(clock, { record, step: stepAt(record, tokenMs), now, inDoubt: false })
  }
  return clock
}

const daysUntil = (at: UnixMs | null) => (at === null ? Number.POSITIVE_INFINITY : (at - START) / MS_PER_DAY)
const ask = (clock: ClockEstimate, everyDays: number | null) =>
  daysUntil(forecast(record, clock, { now: START, everyDays, until: IN_TEN_YEARS }).leavesWindowAt)

describe('forecast', () => {
  it('gives an unused token a date, and a used one none', () => {
    const clock = usedForAYear(5, START)
    expect(ask(clock, null)).toBeGreaterThan(180)
    expect(ask(clock, null)).toBeLessThan(1500)
    expect(ask(clock, 30)).toBe(Number.POSITIVE_INFINITY)
  })

  it('never promises less for more frequent use', () => {
    const clock = usedForAYear(5, START)
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), (days) => {
        expect(ask(clock, days)).toBeGreaterThanOrEqual(ask(clock, null))
      }),
      { numRuns: 40 },
    )
  })

  it('says a token fresh from the box holds for months, and what that rests on', () => {
    const question = { now: START, everyDays: null, until: IN_TEN_YEARS }
    const fresh = forecast(record, UNKNOWN_CLOCK, question)
    expect(daysUntil(fresh.leavesWindowAt)).toBeGreaterThan(120)
    expect(daysUntil(fresh.leavesWindowAt)).toBeLessThan(400)
    expect(fresh.assumptions).toEqual({
      everyDays: null,
      widestMs: 600_000,
      sigmas: 2,
      ratePpm: 0,
      rateProven: false,
      neverSeen: true,
    })
  })

  it('says when a token falls out between its uses, and that a rarer use changes nothing before the first', () => {
    const narrow = virtualRecord({ intervalSeconds: 30, windows: { small: 30, medium: 30, large: 30 } })
    const days = (everyDays: number | null) =>
      daysUntil(forecast(narrow, UNKNOWN_CLOCK, { now: START, everyDays, until: IN_TEN_YEARS }).leavesWindowAt)
    expect([days(null), days(30), days(3000)]).toEqual([8.75, 8.75, 8.75])
    // Used on day 7, and out of its window before day 14.
    expect(days(7)).toBe(13.75)
    expect(days(1)).toBe(Number.POSITIVE_INFINITY)
  })

  it('looks as far as asked, that day included', () => {
    const clock = usedForAYear(5, START)
    const leavesAt = addMs(START, ask(clock, null) * MS_PER_DAY)
    const until = (end: UnixMs) => forecast(record, clock, { now: START, everyDays: null, until: end }).leavesWindowAt
    expect(until(leavesAt)).toBe(leavesAt)
    expect(until(addMs(leavesAt, -1))).toBeNull()
  })

  it('says whether the rate it rests on is proven', () => {
    const narrow = virtualRecord({ intervalSeconds: 30 })
    const [proven, feigned] = [20, 5].map((ppm) => {
      const question = { now: START, everyDays: null, until: IN_TEN_YEARS }
      return forecast(narrow, usedForAYear(ppm, START), question).assumptions
    })
    expect(proven).toMatchObject({ rateProven: true, neverSeen: false })
    expect(feigned).toMatchObject({ rateProven: false, neverSeen: false })
    expect(proven?.ratePpm).toBeCloseTo(20, -1)
  })

  it('says nothing later than asked, and nothing of counters', () => {
    const clock = usedForAYear(5, START)
    const question = { now: START, everyDays: null, until: addMs(START, 10 * MS_PER_DAY) }
    expect(forecast(record, clock, question).leavesWindowAt).toBeNull()
    expect(
      forecast(virtualRecord({ kind: 'hotp' }), clock, { ...question, until: IN_TEN_YEARS }).leavesWindowAt,
    ).toBeNull()
  })

  it('is kept: a token whose rate holds is accepted at every time before the forecast', () => {
    fc.assert(
      fc.property(fc.integer({ min: -20, max: 20 }), fc.double({ min: 0, max: 1, noNaN: true }), (ppm, share) => {
        const clock = usedForAYear(ppm, START)
        const days = Math.min(ask(clock, null), 3650) * share
        const now = addMs(START, days * MS_PER_DAY)
        const tokenMs = addMs(now, (364 + days) * MS_PER_DAY * ppm * 1e-6)
        const { centre, smallSteps } = acceptanceWindow(record, { clock, highWaterStep: NO_STEP }, now)
        expect(Math.abs(Number(stepAt(record, tokenMs) - centre))).toBeLessThanOrEqual(smallSteps)
      }),
      { numRuns: 60 },
    )
  })
})
