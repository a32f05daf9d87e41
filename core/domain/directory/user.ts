import type { UnixMs } from '../time.ts'

/** Lockout state: plain counters; whether the user is locked *now* is computed, never stored stale. */
export interface GuessRecord {
  /** Failures in a row that count, over all methods together. */
  readonly consecutiveFailures: number
  /** Of those, the ones that had one factor right (PIN or code, or needed no PIN): only these are guesses that could succeed, and only these delay. */
  readonly failuresWithOneFactor: number
  /** First and last failure of that row. */
  readonly firstFailureAt: UnixMs | null
  readonly lastFailureAt: UnixMs | null
  /** The last of those: pauses are counted from it. */
  readonly lastOneFactorFailureAt: UnixMs | null
  /** When the lockout policy was met; null = not locked. An automatic unlock is computed from it. */
  readonly lockedAt: UnixMs | null
  /** Fingerprints of the last wrong passcodes (keyed, short), so that a retransmission is not counted twice. */
  readonly recentWrong: readonly { readonly fingerprint: string; readonly at: UnixMs }[]
}

export const NO_GUESSES: GuessRecord = {
  consecutiveFailures: 0,
  failuresWithOneFactor: 0,
  firstFailureAt: null,
  lastFailureAt: null,
  lastOneFactorFailureAt: null,
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
