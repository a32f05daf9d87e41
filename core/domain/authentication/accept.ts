import { learn } from '../drift/learn.ts'
import type { ClockEstimate } from '../drift/clock-estimate.ts'
import { failuresInRow } from '../lockout/guess-budget.ts'
import { withProposedPin } from '../pin/clear-pin.ts'
import type { Step, UnixMs } from '../time.ts'
import type { Token, TokenState } from '../token/token.ts'
import { conditionalChanges, type NextToken, wiped } from './conditional-changes.ts'
import type { Decision, Snapshot } from './decision.ts'
import type { Reason } from './reasons.ts'
import type { Trace } from './trace.ts'
import { traceOf, type Verdict } from './verdict.ts'

export interface Acceptance {
  readonly snapshot: Snapshot
  readonly now: UnixMs
  readonly reason: Reason
  readonly verdict: Verdict
}

/** What is spent and learned by a good code, before anything else follows from it. */
export interface SpentStep {
  readonly step: Step
  readonly clock: ClockEstimate
  readonly promotePendingSeed: boolean
}

/** The user is in: the step is spent, the clock learned, the counters wiped, a PIN set a moment ago becomes the PIN. */
export function accept({ snapshot, now, reason, verdict }: Acceptance, spent: SpentStep): Decision {
  const { token } = verdict
  const change: NextToken = {
    token,
    promotePendingSeed: spent.promotePendingSeed,
    next: {
      highWaterStep: spent.step,
      clock: spent.clock,
      badTokencodeCount: 0,
      lastAcceptedAt: now,
      // The real token is back: emergency access ends with its first use (seed 004), whether by rule or by expiry.
      emergency: null,
      ...pinAfterUse(token, verdict.byProposedPin),
      ...(spent.promotePendingSeed && { pendingSeed: false }),
    },
  }
  return {
    outcome: 'accept',
    reason,
    tokenId: token.record.id,
    ...conditionalChanges(snapshot.user, [change], wiped(snapshot.user.guesses)),
    trace: successTrace({ snapshot, now, reason, verdict }),
  }
}

/** What an ordinary good code spends and teaches. */
export function spentBy({ verdict, snapshot, now }: Acceptance, step: Step): SpentStep {
  const { record, state } = verdict.token
  const clock = learn(state.clock, { record, step, now, inDoubt: snapshot.serverClockInDoubt })
  return { step, clock, promotePendingSeed: verdict.fromPendingSeed }
}

export function successTrace({ snapshot, now, reason, verdict }: Acceptance): Trace {
  const { serverClockInDoubt, user, lockoutPolicy: policy } = snapshot
  return {
    rule: reason,
    tokens: [traceOf(verdict)],
    consecutiveFailures: failuresInRow(user.guesses, { policy, now }),
    counted: false,
    serverClockInDoubt,
  }
}

function pinAfterUse({ state }: Token, byProposedPin: boolean): Partial<TokenState> {
  if (!byProposedPin) return state.proposedPin === null ? {} : { proposedPin: null }
  return withProposedPin(state)
}
