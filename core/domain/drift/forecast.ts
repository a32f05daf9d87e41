import { addMs, MS_PER_DAY, type UnixMs } from '../time.ts'
import { intervalOf } from '../tokencode/steps.ts'
import type { ClockEstimate } from './clock-estimate.ts'
import { type ClockedRecord, clockModel, measurementVarianceMs2 } from './clock-model.ts'
import { type ClockPrediction, predictClock } from './predict-clock.ts'
import { smallBounds } from './windows.ts'

export interface ForecastQuestion {
  readonly now: UnixMs
  /** Days between uses from now on; null = not used at all. */
  readonly everyDays: number | null
  /** End of the token's life, or how far to look: nothing later is answered. */
  readonly until: UnixMs
}

export interface Forecast {
  /** From when a good code may lie outside the silent window; null = not before `until`. */
  readonly leavesWindowAt: UnixMs | null
  /** What the answer rests on. */
  readonly assumptions: {
    readonly everyDays: number | null
    /** How far the window can follow either way, in ms. */
    readonly widestMs: number
    /** Doubt is counted in this many standard deviations. */
    readonly sigmas: number
    readonly ratePpm: number
    readonly rateProven: boolean
    /** No code was ever seen: the clock is taken to be right today and to drift as its kind does. */
    readonly neverSeen: boolean
  }
}

/** Nineteen tokens in twenty hold out longer. */
const FORECAST_SIGMAS = 2
/** Fine enough for a list that people act on within weeks. */
const RESOLUTION_MS = MS_PER_DAY / 4

/**
 * When a token, unused or used every n days, will leave its silent window: when the doubt about its clock outgrows the
 * widest window disuse may open. Each use in between is taken to fit what is believed and narrows the doubt. HOTP tokens
 * have no clock and never leave by drift.
 */
export function forecast(record: ClockedRecord, clock: ClockEstimate, question: ForecastQuestion): Forecast {
  const isCounter = record.kind === 'hotp'
  const widestMs = isCounter ? 0 : smallBounds(record, clock.measurements).widest * intervalOf(record)
  const neverSeen = clock.measuredAt === null
  const rateProven = !isCounter && predictClock(record, clock, question.now).rateProven
  return {
    leavesWindowAt: isCounter ? null : firstDoubtBeyond(record, clock, { ...question, widestMs }),
    assumptions: {
      everyDays: question.everyDays,
      widestMs,
      sigmas: FORECAST_SIGMAS,
      ratePpm: clock.ratePpm,
      rateProven,
      neverSeen,
    },
  }
}

interface Search extends ForecastQuestion {
  readonly widestMs: number
}

function firstDoubtBeyond(record: ClockedRecord, clock: ClockEstimate, search: Search): UnixMs | null {
  const { now, everyDays, until, widestMs } = search
  const gapMs = everyDays === null ? Number.POSITIVE_INFINITY : Math.max(everyDays, 1 / 24) * MS_PER_DAY
  let believed = clock.measuredAt === null ? rightToday(record, clock, now) : clock
  let nextUse = now + gapMs
  for (let at = now; at <= until; at = addMs(at, Math.min(RESOLUTION_MS, gapMs))) {
    if (doubtMs(predictClock(record, believed, at)) > widestMs) return at
    if (at >= nextUse) {
      believed = usedAsBelieved(record, believed, at)
      nextUse = at + gapMs
    }
  }
  return null
}

function rightToday(record: ClockedRecord, clock: ClockEstimate, now: UnixMs): ClockEstimate {
  return { ...clock, measuredAt: now, rateVariancePpm2: clockModel(record.formFactor).firstRateSigmaPpm ** 2 }
}

function doubtMs(prediction: ClockPrediction): number {
  const unfollowedMs = prediction.rateProven ? 0 : Math.abs(prediction.carriedMs)
  return FORECAST_SIGMAS * Math.sqrt(prediction.offsetVarianceMs2) + unfollowedMs
}

/** A use whose code lies exactly where it is expected: the offset moves with the rate, the doubt shrinks. */
function usedAsBelieved(record: ClockedRecord, clock: ClockEstimate, at: UnixMs): ClockEstimate {
  const predicted = predictClock(record, clock, at)
  const innovationVariance = predicted.offsetVarianceMs2 + measurementVarianceMs2(record)
  const left = 1 - predicted.offsetVarianceMs2 / innovationVariance
  return {
    offsetMs: predicted.offsetMs,
    ratePpm: clock.ratePpm,
    offsetVarianceMs2: predicted.offsetVarianceMs2 * left,
    offsetRateCovariance: predicted.offsetRateCovariance * left,
    rateVariancePpm2: predicted.rateVariancePpm2 - predicted.offsetRateCovariance ** 2 / innovationVariance,
    measuredAt: at,
    measurements: clock.measurements + 1,
  }
}
