import { addMs, addSteps, NO_STEP, type Step, type UnixMs } from '../time.ts'
import type { FormFactor, TokenKind, TokenRecord, TokenState, TokenWindows } from '../token/token.ts'
import { intervalOf, stepAt } from '../tokencode/steps.ts'
import { type ClockedRecord, SIGMAS } from './clock-model.ts'
import { predictClock } from './predict-clock.ts'

/** Where to look for a code, in steps either way of `centre`, both ends included. HOTP: look with `above` = high-water step. */
export interface AcceptanceWindow {
  readonly centre: Step
  /** Accepted silently. */
  readonly smallSteps: number
  /** Accepted, then the next tokencode is asked. Never below `smallSteps`. */
  readonly mediumSteps: number
  /** After repeated failures, with the next tokencode. Never below `mediumSteps`. */
  readonly largeSteps: number
  /** How far the token's clock is believed to be from the server's at this moment, + = ahead; 0 for HOTP. */
  readonly offsetMs: number
}

/** In intervals: authentication-manager §1.1, published for ACE/Server and its successors. */
const DEFAULT_INTERVALS: Readonly<Record<FormFactor, TokenWindows>> = {
  'key-fob': { small: 1, medium: 3, large: 10 },
  pinpad: { small: 2, medium: 4, large: 10 },
  software: { small: 10, medium: 12, large: 70 },
}
/** In counters ahead: the typical seed values of event tokens. */
const DEFAULT_COUNTERS: TokenWindows = { small: 3, medium: 7, large: 100 }

/** After disuse a silent window may reach ten minutes (§6.4: what a first use gets), never more than the large window. */
const WIDEST_AFTER_DISUSE_SECONDS = 600
/** From here on a window may be narrower than its record says. */
const MEASUREMENTS_TO_NARROW = 5
/** ... but not narrower than a third of it. */
const NARROWEST_SHARE = 1 / 3

/** @returns the windows of a token whose seed file names none: seconds either way, for HOTP counters ahead. */
export function defaultWindows(kind: TokenKind, formFactor: FormFactor, intervalSeconds: number): TokenWindows {
  if (kind === 'hotp') return DEFAULT_COUNTERS
  const { small, medium, large } = DEFAULT_INTERVALS[formFactor]
  return { small: small * intervalSeconds, medium: medium * intervalSeconds, large: large * intervalSeconds }
}

/** @returns whole steps in a half-width of seconds, at least one: 630 s are 10 steps of 60 s. */
export function stepsInSeconds(seconds: number, intervalSeconds: number): number {
  return Math.max(1, Math.floor(seconds / intervalSeconds))
}

/**
 * The windows of a token at an instant. Time tokens: centred on now + believed offset; the small window holds three
 * standard deviations of the doubt, so it grows with disuse and narrows with evidence, never below one step or a third of
 * the record's, never above its large window or ten minutes (or the record's own small window where that is wider). HOTP:
 * centred on the counter after the high-water step; `small` 3 means that counter and the two after it.
 */
export function acceptanceWindow(
  record: ClockedRecord,
  state: Pick<TokenState, 'clock' | 'highWaterStep'>,
  now: UnixMs,
): AcceptanceWindow {
  if (record.kind === 'hotp') return lookAhead(record, state.highWaterStep)
  const prediction = predictClock(record, state.clock, now)
  const { clock } = state
  const offsetMs = prediction.rateProven ? prediction.offsetMs : clock.offsetMs
  const doubtMs =
    SIGMAS * Math.sqrt(prediction.offsetVarianceMs2) + (prediction.rateProven ? 0 : Math.abs(prediction.carriedMs))
  const { narrowest, widest } = smallBounds(record, clock.measurements)
  const smallSteps = Math.min(widest, Math.max(narrowest, Math.ceil(doubtMs / intervalOf(record))))
  const mediumSteps = Math.max(smallSteps, stepsInSeconds(record.windows.medium, record.intervalSeconds))
  const largeSteps = Math.max(mediumSteps, stepsInSeconds(record.windows.large, record.intervalSeconds))
  return { centre: stepAt(record, addMs(now, offsetMs)), smallSteps, mediumSteps, largeSteps, offsetMs }
}

/** @returns the bounds the small window keeps whatever the doubt, in steps. */
export function smallBounds(
  record: Pick<TokenRecord, 'windows' | 'intervalSeconds'>,
  measurements: number,
): { readonly narrowest: number; readonly widest: number } {
  const { windows, intervalSeconds } = record
  const usual = stepsInSeconds(windows.small, intervalSeconds)
  const afterDisuse = stepsInSeconds(Math.min(windows.large, WIDEST_AFTER_DISUSE_SECONDS), intervalSeconds)
  return {
    narrowest: measurements < MEASUREMENTS_TO_NARROW ? usual : Math.max(1, Math.ceil(usual * NARROWEST_SHARE)),
    widest: Math.max(usual, afterDisuse),
  }
}

/** First use: presses in the box are usual, so the next tokencode is asked up to the large window. */
function lookAhead(record: ClockedRecord, highWaterStep: Step): AcceptanceWindow {
  const { small, medium, large } = record.windows
  const firstUse = highWaterStep === NO_STEP
  const smallSteps = Math.max(1, firstUse ? medium : small) - 1
  const mediumSteps = Math.max(smallSteps, (firstUse ? large : medium) - 1)
  return {
    centre: addSteps(highWaterStep, 1),
    smallSteps,
    mediumSteps,
    largeSteps: Math.max(mediumSteps, large - 1),
    offsetMs: 0,
  }
}
