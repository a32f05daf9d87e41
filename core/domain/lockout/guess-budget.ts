import { type GuessRecord, NO_GUESSES } from '../directory/user.ts'
import type { LockoutPolicy } from '../policy/policies.ts'
import { addMs, MS_PER_SECOND, type UnixMs } from '../time.ts'

/** How many fingerprints of wrong passcodes are remembered: enough for a client's retransmissions, too few to be a history. */
const RECENT_WRONG_KEPT = 4

/** How many failures are remembered: more than any policy asks for (100), pauses that double up to their cap included. */
const FAILURES_KEPT = 128

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
 * Locks that began at this instant or before it have ended by themselves, as `effectiveLock` has it of each; null = under
 * this policy none ends by itself. For lists, which cannot look at every record.
 */
export function endedLocksBeganBy({ unlockAfterSeconds }: LockoutPolicy, now: UnixMs): UnixMs | null {
  return unlockAfterSeconds === null ? null : addMs(now, -unlockAfterSeconds * MS_PER_SECOND)
}

/**
 * Until when tries are refused unseen, or undefined. Only failures with one factor right delay: whoever has neither the
 * PIN nor the token cannot keep their owner out by guessing, and whoever has one cannot guess the other quickly.
 */
export function pausedUntil(guesses: GuessRecord, policy: LockoutPolicy, now: UnixMs): UnixMs | undefined {
  const last = guesses.oneFactorFailedAt[0]
  if (policy.response === 'lock' || last === undefined) return undefined
  // Counted as of the last one: a pause that is longer than the policy's time still runs to its end.
  const over = within(guesses.oneFactorFailedAt, policy, last) - policy.delayAfterFailures
  if (over < 0) return undefined
  const pauseSeconds = Math.min(policy.delayFirstSeconds * 2 ** over, policy.delayCapSeconds)
  const until = addMs(last, pauseSeconds * MS_PER_SECOND)
  return now < until ? until : undefined
}

/**
 * How many failures in a row count *now*: those within the policy's time, a window that moves with the clock. While the user
 * is locked, those that led to the lock and since.
 */
export function failuresInRow(guesses: GuessRecord, { policy, now }: Moment): number {
  const { failedAt, lockedAt } = continuedRow(guesses, { policy, now })
  return within(failedAt, policy, lockedAt ?? now)
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

/** The record after one more failure that counts; locked where it is one too many within the policy's time. */
export function afterFailure(guesses: GuessRecord, failure: Failure, { policy, now }: Moment): GuessRecord {
  const row = continuedRow(guesses, { policy, now })
  const failedAt = newest(now, row.failedAt)
  const locks = policy.response !== 'delay' && within(failedAt, policy, now) >= policy.maxFailures
  const remembered = failure.fingerprint === undefined ? [] : [{ fingerprint: failure.fingerprint, at: now }]
  return {
    failedAt,
    oneFactorFailedAt: failure.oneFactor ? newest(now, row.oneFactorFailedAt) : row.oneFactorFailedAt,
    lockedAt: row.lockedAt ?? (locks || failure.lockNow === true ? now : null),
    recentWrong: [...remembered, ...row.recentWrong].slice(0, RECENT_WRONG_KEPT),
  }
}

/** A lock that ended by itself takes the failures that led to it along. */
function continuedRow(guesses: GuessRecord, { policy, now }: Moment): GuessRecord {
  const lapsedLock = guesses.lockedAt !== null && effectiveLock(guesses, policy, now) === undefined
  return lapsedLock ? NO_GUESSES : guesses
}

function newest(now: UnixMs, earlier: readonly UnixMs[]): readonly UnixMs[] {
  return [now, ...earlier].slice(0, FAILURES_KEPT)
}

/** How many of these were within the policy's time before `end`. */
function within(failedAt: readonly UnixMs[], policy: LockoutPolicy, end: UnixMs): number {
  const horizonMs = policy.withinSeconds * MS_PER_SECOND
  return failedAt.filter((at) => end - at <= horizonMs).length
}
