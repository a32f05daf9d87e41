import type { UnixMs } from '../time.ts'
import { intervalOf } from '../tokencode/steps.ts'
import type { ClockEstimate } from './clock-estimate.ts'
import { type ClockedRecord, clockModel, measurementVarianceMs2 } from './clock-model.ts'

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
 * Whether reading errors alone can feign this rate; if they can, the window widens instead of moving. The rate is a
 * weighted sum of n readings, each wrong by half an interval at most, and its variance is at least the noise times the
 * sum of the squared weights: by Cauchy and Schwarz a right clock stays below half an interval · √n · σ(rate) / σ(noise).
 * That bound is loose after hundreds of readings. There the arm counts, covariance / rate variance, the way from the
 * middle of the remembered readings to the last one: codes read ever later in their intervals feign 0.75 intervals over it.
 */
function rateIsProven(record: ClockedRecord, clock: ClockEstimate): boolean {
  const { ratePpm, rateVariancePpm2, offsetRateCovariance, measurements } = clock
  if (rateVariancePpm2 <= 0) return false
  const intervalMs = intervalOf(record)
  const noiseMs = Math.sqrt(measurementVarianceMs2(record))
  const feignedPpm = ((intervalMs / 2) * Math.sqrt(measurements * rateVariancePpm2)) / noiseMs
  const armMsPerPpm = offsetRateCovariance / rateVariancePpm2
  return Math.abs(ratePpm) > feignedPpm || Math.abs(ratePpm) * armMsPerPpm > intervalMs
}
