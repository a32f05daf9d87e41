import { userHindrance } from '../directory/user-hindrance.ts'
import { addMs, MS_PER_MINUTE, type UnixMs } from '../time.ts'
import type { Token } from '../token/token.ts'
import type { Answering } from './answering.ts'
import type { Challenge } from './challenge.ts'
import { decidePasscode } from './decide-passcode.ts'
import type { Attempt, Decision, Entropy, Snapshot } from './decision.ts'
import { answerConfirmPin, answerNewPin, answerSystemPin } from './new-pin.ts'
import { answerNextTokencode } from './next-tokencode.ts'
import type { Reason } from './reasons.ts'
import { rejectUncounted } from './reject.ts'
import { tokenRefusal } from './token-refusal.ts'

/** Instances that continue each other's challenges may have clocks this far apart; more is a clock that was set back. */
const CLOCKS_APART_MS = MS_PER_MINUTE

export interface DecideAt {
  readonly now: UnixMs
  readonly entropy: Entropy
}

/**
 * The heart: what an attempt comes to, what must be written for it, under which condition, and why. Pure; if the condition
 * no longer holds when the changes are committed, load a new snapshot and decide again.
 */
export function decide(snapshot: Snapshot, attempt: Attempt, at: DecideAt): Decision {
  return attempt.type === 'passcode'
    ? decidePasscode(snapshot, attempt.passcode, at)
    : decideAnswer(snapshot, attempt, at)
}

type Answer = Extract<Attempt, { type: 'answer' }>

function decideAnswer(snapshot: Snapshot, { challenge, answer }: Answer, at: DecideAt): Decision {
  const { now, entropy } = at
  const token = snapshot.tokens.find(({ record }) => record.id === challenge?.tokenId)
  const refuse = (reason: Reason): Decision => rejectUncounted({ snapshot, now, reason, verdicts: [] })
  if (challenge === undefined || token === undefined || challenge.userId !== snapshot.user.id)
    return refuse('challenge-void')
  const refused = refusal(snapshot, challenge, { token, now })
  if (refused !== undefined) return refuse(refused)
  const answering: Answering = { snapshot, challenge, answer, token, now }
  switch (challenge.type) {
    case 'next-tokencode':
      return answerNextTokencode({ ...answering, challenge }, entropy)
    case 'new-pin':
      return answerNewPin({ ...answering, challenge })
    case 'confirm-pin':
      return answerConfirmPin({ ...answering, challenge })
    case 'accept-system-pin':
      return answerSystemPin({ ...answering, challenge })
    case 'passcode-after-new-pin':
      return decidePasscode(snapshot, answer, at)
  }
}

interface Circumstances {
  readonly token: Token
  readonly now: UnixMs
}

/** Why a challenge can no longer be answered; the token's own state settles it, whatever the client carries. */
function refusal(snapshot: Snapshot, challenge: Challenge, { token, now }: Circumstances): Reason | undefined {
  const { user, lockoutPolicy } = snapshot
  const hindrance = userHindrance(user, lockoutPolicy, now) ?? tokenRefusal(token, now)
  if (hindrance !== undefined) return hindrance
  if (now >= challenge.expiresAt || now < addMs(challenge.openedAt, -CLOCKS_APART_MS)) return 'challenge-expired'
  // The last question is no more than a passcode prompt; its answer stands on its own.
  if (challenge.type === 'passcode-after-new-pin') return undefined
  const { challengeSpentStep, highWaterStep } = token.state
  const used = challengeSpentStep >= challenge.openedByStep || highWaterStep !== challenge.openedByStep
  return used ? 'challenge-void' : undefined
}
