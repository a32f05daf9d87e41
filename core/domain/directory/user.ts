import type { UnixMs } from '../time.ts'

/** Lockout state: plain counters; whether the user is locked *now* is computed, never stored stale. */
export interface GuessRecord {
  /** Failures in a row that count, over all methods together. */
  readonly consecutiveFailures: number
  /** Of those, the ones whose PIN part was right or needed none: only these are guesses that could succeed, and only these delay. */
  readonly failuresWithGoodPin: number
  /** First and last failure of that row. */
  readonly firstFailureAt: UnixMs | null
  readonly lastFailureAt: UnixMs | null
  /** Last failure with a good PIN: pauses are counted from it. */
  readonly lastGoodPinFailureAt: UnixMs | null
  /** When the lockout policy was met; null = not locked. An automatic unlock is computed from it. */
  readonly lockedAt: UnixMs | null
  /** Fingerprints of the last wrong passcodes (keyed, short), so that a retransmission is not counted twice. */
  readonly recentWrong: readonly { readonly fingerprint: string; readonly at: UnixMs }[]
}

export const NO_GUESSES: GuessRecord = {
  consecutiveFailures: 0,
  failuresWithGoodPin: 0,
  firstFailureAt: null,
  lastFailureAt: null,
  lastGoodPinFailureAt: null,
  lockedAt: null,
  recentWrong: [],
}

/** A user as the rules see one. */
export interface User {
  readonly id: string
  readonly username: string
  readonly securityDomainId: string
  readonly enabled: boolean
  readonly startsAt: UnixMs | null
  readonly expiresAt: UnixMs | null
  /** Rises by one with every write. */
  readonly version: number
  readonly guesses: GuessRecord
}
