import type { UnixMs } from '../time.ts'

/**
 * What is believed of a token's clock: token time = server time + offset, the offset moving at `ratePpm`.
 * The three variances are the covariance of (offset, rate): how sure we are.
 */
export interface ClockEstimate {
  /** Milliseconds the token is ahead (+) or behind (-) at `measuredAt`. */
  readonly offsetMs: number
  /** Parts per million the token runs fast (+) or slow (-). 1 ppm = 86.4 ms a day = 31.6 s a year. */
  readonly ratePpm: number
  readonly offsetVarianceMs2: number
  readonly offsetRateCovariance: number
  readonly rateVariancePpm2: number
  /** When the last code was accepted that taught something; null = a clock never seen. */
  readonly measuredAt: UnixMs | null
  readonly measurements: number
}

/** A clock never seen: believed right, with a wide doubt. */
export const UNKNOWN_CLOCK: ClockEstimate = {
  offsetMs: 0,
  ratePpm: 0,
  offsetVarianceMs2: 0,
  offsetRateCovariance: 0,
  rateVariancePpm2: 0,
  measuredAt: null,
  measurements: 0,
}
