import type { UnixMs } from '../time.ts'
import { intervalOf } from '../tokencode/steps.ts'
import type { ClockEstimate } from './clock-estimate.ts'
import { type ClockedRecord, clockModel } from './clock-model.ts'

/** The clock as the filter sees it at a later instant, before a new measurement. */
export interface ClockPrediction {
  /** Offset with the rate carried on. */
  readonly offsetMs: number
  readonly offsetVarianceMs2: number
  readonly offsetRateCovariance: number
  readonly rateVariancePpm2: number
  /** What the rate added since the last measurement. */
  readonly carriedMs: number
  /** Whether the rate is known well enough to be carried on: see `rateIsProven`. */
  readonly rateProven: boolean
  readonly elapsedMs: number
}

/**
 * Carries an estimate to `now`: the doubt grows with the time since the last measurement. A clock never seen is
 * predicted from what its kind of clock usually does.
 */
export function predictClock(record: ClockedRecord, clock: ClockEstimate, now: UnixMs): ClockPrediction {
  const model = clockModel(record.formFactor)
  if (clock.measuredAt === null) {
    return {
      offsetMs: clock.offsetMs,
      offsetVarianceMs2: model.firstOffsetSigmaMs ** 2,
      offsetRateCovariance: 0,
      rateVariancePpm2: model.firstRateSigmaPpm ** 2,
      carriedMs: 0,
      rateProven: false,
      elapsedMs: 0,
    }
  }
  // A server clock that was set back must not run the filter backwards.
  const elapsedMs = Math.max(0, now - clock.measuredAt)
  const msPerPpm = elapsedMs * 1e-6
  const wander = model.rateWanderPpm2PerMs * elapsedMs
  const carriedMs = clock.ratePpm * msPerPpm
  return {
    offsetMs: clock.offsetMs + carriedMs,
    offsetVarianceMs2:
      clock.offsetVarianceMs2 +
      2 * msPerPpm * clock.offsetRateCovariance +
      msPerPpm ** 2 * (clock.rateVariancePpm2 + wander / 3) +
      model.offsetWanderMs2PerMs * elapsedMs,
    offsetRateCovariance: clock.offsetRateCovariance + msPerPpm * (clock.rateVariancePpm2 + wander / 2),
    rateVariancePpm2: clock.rateVariancePpm2 + wander,
    carriedMs,
    rateProven: rateIsProven(record, clock),
    elapsedMs,
  }
}

/**
 * A rate is proven once it moved the clock by more than reading errors can feign: covariance / rate variance is the arm
 * from the middle of the measurements to the last one, and codes read first late, then early in their intervals look
 * like 0.75 intervals over that arm at most. Below that the window widens instead of moving.
 */
function rateIsProven(record: ClockedRecord, clock: ClockEstimate): boolean {
  if (clock.rateVariancePpm2 <= 0) return false
  const armMsPerPpm = clock.offsetRateCovariance / clock.rateVariancePpm2
  return Math.abs(clock.ratePpm) * armMsPerPpm > intervalOf(record)
}
