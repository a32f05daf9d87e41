import { MS_PER_DAY, MS_PER_HOUR, MS_PER_SECOND } from '../time.ts'
import type { FormFactor, TokenRecord } from '../token/token.ts'
import { intervalOf } from '../tokencode/steps.ts'

/** What of a token decides how its clock is watched. */
export type ClockedRecord = Pick<TokenRecord, 'kind' | 'formFactor' | 'intervalSeconds' | 't0Seconds' | 'windows'>

/** How a kind of clock is expected to behave before and between measurements. */
export interface ClockModel {
  /** Doubt about a clock never seen. */
  readonly firstOffsetSigmaMs: number
  readonly firstRateSigmaPpm: number
  /** How fast the rate wanders with temperature and age. */
  readonly rateWanderPpm2PerMs: number
  /** How fast the offset wanders by itself (a phone or PC that is set now and then). */
  readonly offsetWanderMs2PerMs: number
}

/** Nothing takes the believed offset further from server time: the reach of a resync (seed 000). */
export const OFFSET_CAP_MS = 12 * MS_PER_HOUR
/**
 * How far ordinary logins alone can take it: 100 ppm for 2.3 years, over three times what published tokens drift in that
 * time. Further needs a resync.
 */
export const LOGIN_OFFSET_CAP_MS = 2 * MS_PER_HOUR
/** No clock in use is worse: the worst published token runs 42 ppm slow at -10 °C. */
export const RATE_CAP_PPM = 100
/** Doubt is counted in this many standard deviations. */
export const SIGMAS = 3

// Quartz is within 20 ppm untrimmed and was in a box for up to five years at 120 s a year.
const QUARTZ: ClockModel = {
  firstOffsetSigmaMs: 300 * MS_PER_SECOND,
  firstRateSigmaPpm: 20,
  rateWanderPpm2PerMs: 4 / (30 * MS_PER_DAY),
  offsetWanderMs2PerMs: 0,
}
// Phones and PCs are set by the network; what is left is people and sleeping machines.
const SYNCHRONISED: ClockModel = {
  firstOffsetSigmaMs: 60 * MS_PER_SECOND,
  firstRateSigmaPpm: 5,
  rateWanderPpm2PerMs: 1 / (30 * MS_PER_DAY),
  offsetWanderMs2PerMs: MS_PER_SECOND ** 2 / MS_PER_DAY,
}

const MODELS: Readonly<Record<FormFactor, ClockModel>> = {
  'key-fob': QUARTZ,
  pinpad: QUARTZ,
  software: SYNCHRONISED,
}

export function clockModel(formFactor: FormFactor): ClockModel {
  return MODELS[formFactor]
}

/** Typing and travel scatter on top of the reading error. */
const TYPING_SIGMA_MS = 5 * MS_PER_SECOND

/** Variance of one measurement, ms²: a code is read anywhere in its interval (uniform), then typed. */
export function measurementVarianceMs2(record: ClockedRecord): number {
  return intervalOf(record) ** 2 / 12 + TYPING_SIGMA_MS ** 2
}
