import type { Reason } from './reasons.ts'

/** What was seen of one token while deciding; plain numbers and words, no secret, kept with the audit record as JSON. */
export interface TokenTrace {
  readonly serial: string
  /** `unreadable`: the passcode cannot be split for this token. */
  readonly pin: 'good' | 'bad' | 'not-set' | 'not-needed' | 'unreadable'
  /** `reused`: the high-water step itself; `too-old`: a step below it; `none`: no step in the searched window has this code. */
  readonly code: 'good' | 'reused' | 'too-old' | 'none' | 'unreadable'
  readonly via: 'tokencode' | 'emergency'
  /** Which window the step lies in. */
  readonly window?: 'small' | 'medium' | 'large'
  /** Steps between the middle of the window and the matched step: + = the token is ahead. HOTP: counters ahead. */
  readonly stepsOff?: number
  /** How far the token's clock was from the server's, in ms: + = ahead. */
  readonly clockOffMs?: number
  /** Steps searched either way. */
  readonly searchedSteps: number
  /** Why this token could not serve although the code may be good. */
  readonly hindrance?: Reason
}

export interface Trace {
  /** The rule that decided. */
  readonly rule: Reason
  readonly tokens: readonly TokenTrace[]
  /** Failures in a row after this attempt. */
  readonly consecutiveFailures: number
  /** False when the attempt was not counted against the guess budget (retransmission, locked user …). */
  readonly counted: boolean
  readonly serverClockInDoubt: boolean
  /** Rules a new PIN broke, in words. */
  readonly pinFaults?: readonly string[]
}
