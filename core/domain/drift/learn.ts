import type { Step, UnixMs } from '../time.ts'
import { intervalOf, middleOfStepMs } from '../tokencode/steps.ts'
import type { ClockEstimate } from './clock-estimate.ts'
import {
  type ClockedRecord,
  clockModel,
  LOGIN_OFFSET_CAP_MS,
  measurementVarianceMs2,
  OFFSET_CAP_MS,
  RATE_CAP_PPM,
  SIGMAS,
} from './clock-model.ts'
import { predictClock } from './predict-clock.ts'

export interface AcceptedStep {
  readonly record: ClockedRecord
  /** The step whose code was accepted. */
  readonly step: Step
  readonly now: UnixMs
}

/**
 * What an accepted code teaches of the token's clock: a Kalman step for offset and rate, measured from the middle of the
 * matched step and so unbiased. Nothing is learned while the server doubts its own clock, and nothing from HOTP. Logins
 * never take the offset further than `LOGIN_OFFSET_CAP_MS`; where a resync put it further, only at `RATE_CAP_PPM`.
 */
export function learn(clock: ClockEstimate, accepted: AcceptedStep & { readonly inDoubt: boolean }): ClockEstimate {
  const { record, step, now, inDoubt } = accepted
  if (inDoubt || record.kind === 'hotp') return clock
  const measuredMs = middleOfStepMs(record, step) - now
  return update(clock, { record, now, measuredMs, capMs: Math.min(loginCapMs(clock, now), OFFSET_CAP_MS) })
}

/** Where a resync took a token beyond what logins may, they follow its drift but no more. */
function loginCapMs(clock: ClockEstimate, now: UnixMs): number {
  const lastMs = Math.abs(clock.offsetMs)
  if (lastMs <= LOGIN_OFFSET_CAP_MS || clock.measuredAt === null) return LOGIN_OFFSET_CAP_MS
  return lastMs + Math.max(0, now - clock.measuredAt) * RATE_CAP_PPM * 1e-6
}

/**
 * The clock after a resync: two successive codes together are proof, so the offset is taken as measured, up to ±12 h.
 * The rate is kept and refined where drift explains the jump; where somebody set the clock it is doubted anew.
 * HOTP: unchanged.
 */
export function clockAfterResync(clock: ClockEstimate, accepted: AcceptedStep): ClockEstimate {
  const { record, step, now } = accepted
  if (record.kind === 'hotp') return clock
  const measuredMs = clampTo(middleOfStepMs(record, step) - now, OFFSET_CAP_MS)
  const prediction = predictClock(record, clock, now)
  const doubtMs = SIGMAS * Math.sqrt(prediction.offsetVarianceMs2 + measurementVarianceMs2(record))
  const drifted = clock.measuredAt !== null && Math.abs(measuredMs - prediction.offsetMs) <= doubtMs
  if (drifted) return { ...update(clock, { record, now, measuredMs, capMs: OFFSET_CAP_MS }), offsetMs: measuredMs }
  return {
    offsetMs: measuredMs,
    ratePpm: clock.ratePpm,
    offsetVarianceMs2: measurementVarianceMs2(record),
    offsetRateCovariance: 0,
    rateVariancePpm2: clockModel(record.formFactor).firstRateSigmaPpm ** 2,
    measuredAt: now,
    measurements: 1,
  }
}

interface Measurement {
  readonly record: ClockedRecord
  readonly now: UnixMs
  readonly measuredMs: number
  readonly capMs: number
}

function update(clock: ClockEstimate, { record, now, measuredMs, capMs }: Measurement): ClockEstimate {
  const predicted = predictClock(record, clock, now)
  const innovationMs = measuredMs - predicted.offsetMs
  const innovationVariance = predicted.offsetVarianceMs2 + measurementVarianceMs2(record)
  const offsetGain = predicted.offsetVarianceMs2 / innovationVariance
  const rateGain = predicted.offsetRateCovariance / innovationVariance
  const learnedMs = predicted.offsetMs + offsetGain * innovationMs
  return {
    offsetMs: clampTo(
      predicted.rateProven
        ? learnedMs
        : within({ lastMs: clock.offsetMs, measuredMs, halfMs: intervalOf(record) / 2 }, learnedMs),
      capMs,
    ),
    ratePpm: clampTo(clock.ratePpm + rateGain * innovationMs, RATE_CAP_PPM),
    offsetVarianceMs2: predicted.offsetVarianceMs2 * (1 - offsetGain),
    offsetRateCovariance: predicted.offsetRateCovariance * (1 - offsetGain),
    rateVariancePpm2: Math.max(0, predicted.rateVariancePpm2 - rateGain * predicted.offsetRateCovariance),
    measuredAt: now,
    measurements: clock.measurements + 1,
  }
}

/**
 * A rate that is not proven may not carry the offset past what the code can mean: from the last offset to the far end of
 * the interval it was read in. So a right clock is never believed more than one interval off, whatever the noise.
 */
function within(
  reading: { readonly lastMs: number; readonly measuredMs: number; readonly halfMs: number },
  valueMs: number,
): number {
  const { lastMs, measuredMs, halfMs } = reading
  return Math.min(Math.max(lastMs, measuredMs + halfMs), Math.max(Math.min(lastMs, measuredMs - halfMs), valueMs))
}

function clampTo(value: number, cap: number): number {
  return Math.min(cap, Math.max(-cap, value))
}
