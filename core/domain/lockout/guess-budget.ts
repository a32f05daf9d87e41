import { type GuessRecord, NO_GUESSES } from '../directory/user.ts'
import type { LockoutPolicy } from '../policy/policies.ts'
import { addMs, MS_PER_SECOND, type UnixMs } from '../time.ts'

/** How many fingerprints of wrong passcodes are remembered: enough for a client's retransmissions, too few to be a history. */
const RECENT_WRONG_KEPT = 4

export interface Lock {
  readonly since: UnixMs
  /** null = until an administrator unlocks. */
  readonly until: UnixMs | null
}

/**
 * Whether the user is locked *now*. Computed from the record at each look, so that an automatic unlock needs no job and no
 * list shows a stale lock (authentication-manager §3).
 */
export function effectiveLock(guesses: GuessRecord, policy: LockoutPolicy, now: UnixMs): Lock | undefined {
  if (guesses.lockedAt === null) return undefined
  if (policy.unlockAfterSeconds === null) return { since: guesses.lockedAt, until: null }
  const until = addMs(guesses.lockedAt, policy.unlockAfterSeconds * MS_PER_SECOND)
  return now < until ? { since: guesses.lockedAt, until } : undefined
}

/**
 * Until when tries are refused unseen, or undefined. Only failures with one factor right delay: whoever has neither the
 * PIN nor the token cannot keep their owner out by guessing, and whoever has one cannot guess the other quickly.
 */
export function pausedUntil(guesses: GuessRecord, policy: LockoutPolicy, now: UnixMs): UnixMs | undefined {
  if (policy.response === 'lock' || guesses.lastOneFactorFailureAt === null) return undefined
  const over = guesses.failuresWithOneFactor - policy.delayAfterFailures
  if (over < 0) return undefined
  const pauseSeconds = Math.min(policy.delayFirstSeconds * 2 ** Math.min(over, 32), policy.delayCapSeconds)
  const until = addMs(guesses.lastOneFactorFailureAt, pauseSeconds * MS_PER_SECOND)
  return now < until ? until : undefined
}

/** Whether this wrong passcode was seen a moment ago: a retransmission, not a second guess (peers §2.5). */
export function isRetransmission(guesses: GuessRecord, fingerprint: string, at: Moment): boolean {
  const horizon = at.policy.retransmissionSeconds * MS_PER_SECOND
  return guesses.recentWrong.some((wrong) => wrong.fingerprint === fingerprint && at.now - wrong.at <= horizon)
}

export interface Moment {
  readonly policy: LockoutPolicy
  readonly now: UnixMs
}

export interface Failure {
  /** The PIN or the code was right, or no PIN is needed: a guess that could succeed. */
  readonly oneFactor: boolean
  /** Keyed fingerprint of the passcode; absent when a failure has none (a missed resynchronisation). */
  readonly fingerprint?: string
  /** Lock at once, whatever the count (policy `lockOnWrongNextTokencode`). */
  readonly lockNow?: boolean
}

/** The record after one more failure that counts. The row of failures starts anew when its first one is too long ago. */
export function afterFailure(guesses: GuessRecord, failure: Failure, { policy, now }: Moment): GuessRecord {
  const row = continuedRow(guesses, { policy, now })
  const consecutiveFailures = row.consecutiveFailures + 1
  const locks = policy.response !== 'delay' && consecutiveFailures >= policy.maxFailures
  const remembered = failure.fingerprint === undefined ? [] : [{ fingerprint: failure.fingerprint, at: now }]
  return {
    consecutiveFailures,
    failuresWithOneFactor: row.failuresWithOneFactor + (failure.oneFactor ? 1 : 0),
    firstFailureAt: row.firstFailureAt ?? now,
    lastFailureAt: now,
    lastOneFactorFailureAt: failure.oneFactor ? now : row.lastOneFactorFailureAt,
    lockedAt: row.lockedAt ?? (locks || failure.lockNow === true ? now : null),
    recentWrong: [...remembered, ...row.recentWrong].slice(0, RECENT_WRONG_KEPT),
  }
}

function continuedRow(guesses: GuessRecord, { policy, now }: Moment): GuessRecord {
  const lapsedLock = guesses.lockedAt !== null && effectiveLock(guesses, policy, now) === undefined
  const tooLongAgo =
    guesses.lockedAt === null &&
    guesses.firstFailureAt !== null &&
    now - guesses.firstFailureAt > policy.withinSeconds * MS_PER_SECOND
  return lapsedLock || tooLongAgo ? NO_GUESSES : guesses
}
