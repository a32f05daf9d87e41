import type { UnixMs } from '../time.ts'

/** Lockout state: plain instants; how many failures count and whether the user is locked *now* is computed, never stored stale. */
export interface GuessRecord {
  /** The failures in a row, over all methods together, newest first; the oldest of very many are forgotten. */
  readonly failedAt: readonly UnixMs[]
  /**
   * Of those, the ones that had one factor right (PIN or code, or needed no PIN): only these are guesses that could
   * succeed, and only these delay. Kept apart, so that a flood of the others does not push them out.
   */
  readonly oneFactorFailedAt: readonly UnixMs[]
  /** When the lockout policy was met; null = not locked. An automatic unlock is computed from it. */
  readonly lockedAt: UnixMs | null
  /** Fingerprints of the last wrong passcodes (keyed, short), so that a retransmission is not counted twice. */
  readonly recentWrong: readonly { readonly fingerprint: string; readonly at: UnixMs }[]
}

export const NO_GUESSES: GuessRecord = {
  failedAt: [],
  oneFactorFailedAt: [],
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
