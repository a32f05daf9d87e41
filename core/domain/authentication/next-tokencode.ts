import { clockAfterResync } from '../drift/learn.ts'
import { mixedPin } from '../passcode/mixed-pin.ts'
import { isInNewPinMode } from '../pin/new-pin-mode.ts'
import { verifyPin } from '../pin/pin-verifier.ts'
import { addSteps, type Step } from '../time.ts'
import type { Token } from '../token/token.ts'
import { sameCode } from '../tokencode/same-code.ts'
import { codeSource } from '../tokencode/code-source.ts'
import { accept, type Acceptance } from './accept.ts'
import type { Answering } from './answering.ts'
import type { Challenge } from './challenge.ts'
import type { Decision, Entropy } from './decision.ts'
import { openNewPin } from './new-pin.ts'
import { challengeBase, openChallenge } from './open-challenge.ts'
import type { Reason } from './reasons.ts'
import { rejectCounted } from './reject.ts'
import { stepOf, type Verdict } from './verdict.ts'

export type NextTokencodeChallenge = Extract<Challenge, { type: 'next-tokencode' }>

/** The code is good, but it takes the very next one to be believed (authentication-manager §1.2). Nothing is learned yet. */
export function openNextTokencode(acceptance: Acceptance, cause: NextTokencodeChallenge['cause']): Decision {
  const { verdict } = acceptance
  const { record, state } = verdict.token
  const step = stepOf(verdict)
  const reason: Reason =
    cause === 'too-many-bad-codes' ? 'next-tokencode-after-bad-codes' : 'next-tokencode-outside-small-window'
  // The seed of a redistribution takes over only when the dialogue ends well.
  const spent = { step, clock: state.clock, promotePendingSeed: false }
  const { fromPendingSeed, byProposedPin } = verdict
  return openChallenge({ ...acceptance, reason }, spent, {
    challenge: { ...challengeBase(acceptance, step), type: 'next-tokencode', cause, fromPendingSeed, byProposedPin },
    question: {
      type: 'next-tokencode',
      intervalSeconds: record.intervalSeconds,
      pinpad: record.passcodeStyle === 'pinpad',
    },
  })
}

/** One chance: the code right after the opening one, or the dialogue is over and the miss counts. */
export function answerNextTokencode(answering: Answering<NextTokencodeChallenge>, entropy: Entropy): Decision {
  const { snapshot, challenge, token, now } = answering
  const seed = challenge.fromPendingSeed ? (token.pendingSeed ?? token.seed) : token.seed
  const source = codeSource(token.record, seed)
  const step = addSteps(challenge.openedByStep, 1)
  const isCodeAt = (at: Step): boolean => at <= source.highestStep && fits(source.code(at), answering)
  if (!isCodeAt(step)) {
    const again = isCodeAt(challenge.openedByStep)
    return miss(answering, again ? 'next-tokencode-same-code' : 'next-tokencode-wrong')
  }
  const acceptance: Acceptance = {
    snapshot,
    now,
    reason: 'next-tokencode-accepted',
    verdict: verdictOf(answering, 'good'),
  }
  const { record, state } = token
  const clock = snapshot.serverClockInDoubt ? state.clock : clockAfterResync(state.clock, { record, step, now })
  const spent = { step, clock, promotePendingSeed: challenge.fromPendingSeed }
  return !challenge.byProposedPin && isInNewPinMode(token, snapshot.tokenPolicy.pin, now)
    ? openNewPin(acceptance, spent, entropy)
    : accept(acceptance, spent)
}

/** The bare tokencode; or what the display of a PINPad token shows; or, as many people type it, the PIN in front. */
function fits(code: string, { answer, token, snapshot, challenge }: Answering<NextTokencodeChallenge>): boolean {
  if (sameCode(answer, code)) return true
  const { byProposedPin } = challenge
  const { record, state } = token
  const pin = byProposedPin ? state.proposedPin : state.pin
  if (pin === null) return false
  const candidate =
    record.passcodeStyle === 'pinpad'
      ? mixedPin(answer, code, pin.length)
      : sameCode(answer.slice(-code.length), code)
        ? answer.slice(0, -code.length)
        : undefined
  if (candidate === undefined || candidate === '') return false
  return verifyPin(candidate, { tokenId: record.id, verifier: pin.verifier }, snapshot.pinKeys)
}

function miss(answering: Answering<NextTokencodeChallenge>, reason: Reason): Decision {
  const { snapshot, challenge, token, now } = answering
  const next = { challengeSpentStep: challenge.openedByStep, badTokencodeCount: token.state.badTokencodeCount + 1 }
  return rejectCounted(
    { snapshot, now, reason, verdicts: [verdictOf(answering, 'none')] },
    { oneFactor: true, lockNow: snapshot.tokenPolicy.lockOnWrongNextTokencode, tokens: [{ token, next }] },
  )
}

function verdictOf({ token, challenge }: Answering<NextTokencodeChallenge>, code: 'good' | 'none'): Verdict {
  return {
    token,
    via: 'tokencode',
    pin: pinOf(token, challenge.byProposedPin),
    byProposedPin: challenge.byProposedPin,
    code,
    fromPendingSeed: challenge.fromPendingSeed,
    searchedSteps: 1,
  }
}

/** What the opening passcode said of the PIN. */
function pinOf({ record, state }: Token, byProposedPin: boolean): Verdict['pin'] {
  if (record.passcodeStyle === 'tokencode-only') return 'not-needed'
  return byProposedPin || state.pin !== null ? 'good' : 'not-set'
}
