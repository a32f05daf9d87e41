import { MS_PER_SECOND, step, type Step, type UnixMs, unixMs } from '../time.ts'
import type { TokenRecord } from '../token/token.ts'
import { TokencodeError } from './tokencode-error.ts'

export type TimedRecord = Pick<TokenRecord, 'kind' | 'intervalSeconds' | 't0Seconds'>

/**
 * The step a time token shows when its own clock says `tokenTimeMs`: floor((t - T0) / interval), RFC 6238 §4.2; T0 is 0
 * for SecurID-format. Negative before T0.
 * @throws TokencodeError `kind` for HOTP, which has no clock.
 */
export function stepAt(record: TimedRecord, tokenTimeMs: UnixMs): Step {
  const intervalMs = intervalOf(record)
  return step(Math.floor((tokenTimeMs - originMs(record)) / intervalMs))
}

/**
 * Token time in the middle of a step: the unbiased place to measure a clock from (a code may have been read at any
 * moment of its interval).
 * @throws TokencodeError `kind` for HOTP.
 */
export function middleOfStepMs(record: TimedRecord, at: Step): UnixMs {
  const intervalMs = intervalOf(record)
  return unixMs(originMs(record) + Number(at) * intervalMs + intervalMs / 2)
}

/** Milliseconds a code is shown. @throws TokencodeError `kind` for HOTP. */
export function intervalOf(record: TimedRecord): number {
  if (record.kind === 'hotp')
    throw new TokencodeError('kind', 'An HOTP token counts presses: it has no clock and no interval.')
  return record.intervalSeconds * MS_PER_SECOND
}

function originMs(record: TimedRecord): number {
  return record.kind === 'totp' ? record.t0Seconds * MS_PER_SECOND : 0
}
