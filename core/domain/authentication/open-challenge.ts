import { addMs, MS_PER_SECOND, type Step } from '../time.ts'
import { type Acceptance, type SpentStep, successTrace } from './accept.ts'
import type { Challenge } from './challenge.ts'
import { conditionalChanges } from './conditional-changes.ts'
import type { Decision, Question } from './decision.ts'

/** What every challenge that a good code opens has in common. */
export function challengeBase({ snapshot, now, verdict }: Acceptance, openedByStep: Step): ChallengeBase {
  return {
    userId: snapshot.user.id,
    tokenId: verdict.token.record.id,
    openedByStep,
    openedAt: now,
    expiresAt: addMs(now, snapshot.tokenPolicy.challengeLifetimeSeconds * MS_PER_SECOND),
  }
}

type ChallengeBase = Pick<Challenge, 'userId' | 'tokenId' | 'openedByStep' | 'openedAt' | 'expiresAt'>

/** Spends the opening code and asks. The guess record is left alone: nobody is in yet. */
export function openChallenge(
  acceptance: Acceptance,
  spent: SpentStep,
  asked: { readonly challenge: Challenge; readonly question: Question },
): Decision {
  const { snapshot, verdict, reason } = acceptance
  const next = {
    highWaterStep: spent.step,
    clock: spent.clock,
    // A code that needs no next one is believed: it ends the row of wrong ones.
    ...(asked.challenge.type !== 'next-tokencode' && { badTokencodeCount: 0 }),
    ...(spent.promotePendingSeed && { pendingSeed: false }),
  }
  return {
    outcome: 'challenge',
    reason,
    ...asked,
    ...conditionalChanges(snapshot.user, [
      { token: verdict.token, next, promotePendingSeed: spent.promotePendingSeed },
    ]),
    trace: successTrace(acceptance),
  }
}
