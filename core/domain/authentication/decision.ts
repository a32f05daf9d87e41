import type { User, GuessRecord } from '../directory/user.ts'
import type { PinRequirements } from '../pin/pin-requirements.ts'
import type { PinKeys } from '../pin/pin-state.ts'
import type { LockoutPolicy, TokenPolicy } from '../policy/policies.ts'
import type { Step } from '../time.ts'
import type { Token, TokenState } from '../token/token.ts'
import type { Challenge } from './challenge.ts'
import type { Reason } from './reasons.ts'
import type { Trace } from './trace.ts'

/** Everything a decision looks at, read at one moment. */
export interface Snapshot {
  readonly user: User
  /** Every token assigned to the user. */
  readonly tokens: readonly Token[]
  readonly tokenPolicy: TokenPolicy
  readonly lockoutPolicy: LockoutPolicy
  readonly pinKeys: PinKeys
  /** The server's clock is in doubt: codes are judged as always, but nothing is learned from them. */
  readonly serverClockInDoubt: boolean
}

export type Attempt =
  | { readonly type: 'passcode'; readonly passcode: string }
  /**
   * The answer to a challenge; undefined = what the client carried is no challenge of ours for this user.
   * `accept-system-pin` takes `y` or `n`; an empty PIN cancels.
   */
  | { readonly type: 'answer'; readonly challenge: Challenge | undefined; readonly answer: string }

/** Randomness a decision may need (a system-generated PIN); at least 64 bytes, used once. */
export type Entropy = Uint8Array

export interface TokenChange {
  readonly tokenId: string
  /** The whole next state; its version is the current one plus one. */
  readonly state: TokenState
  /** The redistributed seed takes the place of the old one. */
  readonly promotePendingSeed: boolean
}

export interface Changes {
  /** The user's next guess record; absent = unchanged. */
  readonly guesses?: GuessRecord
  readonly tokens: readonly TokenChange[]
}

/** What must still be true of the store when the changes are committed; otherwise load and decide again. */
export interface Condition {
  readonly userId: string
  readonly userVersion: number
  readonly tokens: readonly {
    readonly tokenId: string
    readonly version: number
    /** The stored high-water step must be below this (absent: the change spends no step). */
    readonly highWaterBelow?: Step
  }[]
}

/** What a challenge asks, for the edge to put in words. */
export type Question =
  | { readonly type: 'next-tokencode'; readonly intervalSeconds: number; readonly pinpad: boolean }
  | {
      readonly type: 'new-pin'
      readonly rules: PinRequirements
      readonly previous?: 'rejected' | 'mismatch'
      readonly faults?: readonly string[]
    }
  | { readonly type: 'confirm-pin' }
  /** The only place where a PIN in the clear leaves the domain: to be shown to its user once. */
  | { readonly type: 'accept-system-pin'; readonly pin: string }
  | { readonly type: 'passcode-after-new-pin' }

interface DecisionBase {
  readonly reason: Reason
  readonly changes: Changes
  readonly condition: Condition
  readonly trace: Trace
}

export type Decision =
  | (DecisionBase & { readonly outcome: 'accept'; readonly tokenId: string })
  | (DecisionBase & { readonly outcome: 'reject' })
  | (DecisionBase & { readonly outcome: 'challenge'; readonly challenge: Challenge; readonly question: Question })

export type Outcome = Decision['outcome']
