import type { Step } from '../time.ts'
import type { Token } from '../token/token.ts'
import type { Reason } from './reasons.ts'
import type { TokenTrace } from './trace.ts'

/** What one token (by its code, or by its emergency code) says of a passcode. Facts; no decision yet. */
export interface Verdict {
  readonly token: Token
  readonly via: TokenTrace['via']
  readonly pin: TokenTrace['pin']
  /** The PIN that fitted is the one set a moment ago and not used yet. */
  readonly byProposedPin: boolean
  readonly code: TokenTrace['code']
  /** The step whose code it is; absent for emergency codes and where none was found. */
  readonly step?: Step
  readonly stepsOff?: number
  readonly clockOffMs?: number
  readonly window?: 'small' | 'medium' | 'large'
  /** The code is of the seed of a redistribution that was not used before. */
  readonly fromPendingSeed: boolean
  readonly searchedSteps: number
  /** Which code of a one-time set. */
  readonly oneTimeIndex?: number
  readonly hindrance?: Reason
}

/**
 * PIN or code was right, so this is a guess at the other one. In a PINPad passcode a wrong PIN cannot be told from a wrong
 * code, so each counts as such a guess.
 */
export function hasOneFactor(verdict: Verdict): boolean {
  const { code, token, pin } = verdict
  const codeRight = code === 'good' || code === 'reused' || code === 'too-old'
  return isPinRight(verdict) || codeRight || (token.record.passcodeStyle === 'pinpad' && pin === 'bad')
}

/** The step of a good tokencode. */
export function stepOf({ step }: Verdict): Step {
  if (step === undefined) throw new Error('a good tokencode has a step')
  return step
}

/** Everything fits and nothing stands in the way. */
export function isGood(verdict: Verdict): boolean {
  return verdict.code === 'good' && isPinRight(verdict) && verdict.hindrance === undefined
}

/** The PIN part was right, or there is no PIN to be right. */
export function isPinRight({ pin }: Verdict): boolean {
  return pin === 'good' || pin === 'not-needed' || pin === 'not-set'
}

export function traceOf(verdict: Verdict): TokenTrace {
  return {
    serial: verdict.token.record.serial,
    via: verdict.via,
    pin: verdict.pin,
    code: verdict.code,
    searchedSteps: verdict.searchedSteps,
    ...(verdict.window !== undefined && { window: verdict.window }),
    ...(verdict.stepsOff !== undefined && { stepsOff: verdict.stepsOff }),
    ...(verdict.clockOffMs !== undefined && { clockOffMs: verdict.clockOffMs }),
    ...(verdict.hindrance !== undefined && { hindrance: verdict.hindrance }),
  }
}
