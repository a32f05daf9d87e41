import { afterFailure, type Failure, failuresInRow, isRetransmission } from '../lockout/guess-budget.ts'
import type { UnixMs } from '../time.ts'
import { conditionalChanges, type NextToken } from './conditional-changes.ts'
import type { Decision, Snapshot } from './decision.ts'
import type { Reason } from './reasons.ts'
import type { Trace } from './trace.ts'
import { traceOf, type Verdict } from './verdict.ts'

export interface Rejection {
  readonly snapshot: Snapshot
  readonly now: UnixMs
  readonly reason: Reason
  readonly verdicts: readonly Verdict[]
}

/** A refusal that is not counted against the guess budget and changes nothing. */
export function rejectUncounted(rejection: Rejection): Decision {
  const { snapshot, reason, now } = rejection
  const { user, lockoutPolicy: policy } = snapshot
  return {
    outcome: 'reject',
    reason,
    ...conditionalChanges(user, []),
    trace: rejectTrace(rejection, failuresInRow(user.guesses, { policy, now }), false),
  }
}

export interface CountedFailure extends Failure {
  /** Tokens that are charged with it, or whose challenge is spent by it. */
  readonly tokens: readonly NextToken[]
}

/**
 * A refusal that counts. The same wrong passcode a moment later is a client's retransmission and is not counted again;
 * neither is it charged to a token.
 */
export function rejectCounted(rejection: Rejection, failure: CountedFailure): Decision {
  const { snapshot, now, reason } = rejection
  const { user, lockoutPolicy: policy } = snapshot
  const repeated =
    failure.fingerprint !== undefined && isRetransmission(user.guesses, failure.fingerprint, { policy, now })
  if (repeated) return rejectUncounted(rejection)
  const guesses = afterFailure(user.guesses, failure, { policy, now })
  return {
    outcome: 'reject',
    reason,
    ...conditionalChanges(user, failure.tokens, guesses),
    trace: rejectTrace(rejection, failuresInRow(guesses, { policy, now }), true),
  }
}

function rejectTrace({ snapshot, reason, verdicts }: Rejection, consecutiveFailures: number, counted: boolean): Trace {
  return {
    rule: reason,
    tokens: verdicts.map(traceOf),
    consecutiveFailures,
    counted,
    serverClockInDoubt: snapshot.serverClockInDoubt,
  }
}
