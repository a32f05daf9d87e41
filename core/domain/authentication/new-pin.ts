import { failuresInRow } from '../lockout/guess-budget.ts'
import { lastPin } from '../pin/clear-pin.ts'
import { makePinVerifier, verifyPin } from '../pin/pin-verifier.ts'
import { type PinRequirements, pinRequirements, type PinToken } from '../pin/pin-requirements.ts'
import { PIN_FAULTS, type PinChoice, pinFaults } from '../pin/pin-rules.ts'
import { generateSystemPin } from '../pin/system-pin.ts'
import type { PinState, PinVerifier } from '../pin/pin-state.ts'
import type { PinPolicy } from '../policy/policies.ts'
import type { Token } from '../token/token.ts'
import type { Acceptance, SpentStep } from './accept.ts'
import type { Answering } from './answering.ts'
import type { Challenge } from './challenge.ts'
import { conditionalChanges, type NextToken } from './conditional-changes.ts'
import type { Decision, Entropy, Question, Snapshot } from './decision.ts'
import { challengeBase, openChallenge } from './open-challenge.ts'
import type { Reason } from './reasons.ts'
import { rejectUncounted } from './reject.ts'

export type NewPinChallenge = Extract<Challenge, { type: 'new-pin' }>
export type ConfirmPinChallenge = Extract<Challenge, { type: 'confirm-pin' }>
export type SystemPinChallenge = Extract<Challenge, { type: 'accept-system-pin' }>

/**
 * New PIN mode begins (authentication-manager §2.3): the code is good and spent; who makes the PIN is the policy's choice.
 * It ends only with a full passcode whose code is later.
 */
export function openNewPin(acceptance: Acceptance, spent: SpentStep, entropy: Entropy): Decision {
  const { snapshot, verdict, now } = acceptance
  const { token } = verdict
  const base = challengeBase(acceptance, spent.step)
  const rules = snapshot.tokenPolicy.pin
  const opening: Acceptance = { ...acceptance, reason: 'new-pin-required' }
  if (rules.creation === 'user') {
    const question: Question = { type: 'new-pin', rules: requirementsOf(token, snapshot) }
    return openChallenge(opening, spent, { challenge: { ...base, type: 'new-pin' }, question })
  }
  const pin = generateSystemPin(rules, entropy, pinChoice(token, snapshot, now))
  const verifier = makePinVerifier(pin, token.record.id, snapshot.pinKeys)
  return openChallenge(opening, spent, {
    challenge: { ...base, type: 'accept-system-pin', pin: verifier, pinLength: pin.length },
    question: { type: 'accept-system-pin', pin },
  })
}

/** The user's own PIN, first time. A PIN that breaks a rule may be followed by another one; an empty one cancels. */
export function answerNewPin(answering: Answering<NewPinChallenge>): Decision {
  const { snapshot, challenge, answer, token, now } = answering
  if (answer === '') return cancel(answering)
  const rules = snapshot.tokenPolicy.pin
  const faults = pinFaults(answer, rules, pinChoice(token, snapshot, now)).map((fault) => PIN_FAULTS[fault])
  if (faults.length > 0) {
    const question: Question = { type: 'new-pin', rules: requirementsOf(token, snapshot), previous: 'rejected', faults }
    return askOn(answering, 'new-pin-rejected', { challenge, question, faults })
  }
  const { type: _, ...base } = challenge
  const pin = makePinVerifier(answer, token.record.id, snapshot.pinKeys)
  return askOn(answering, 'new-pin-to-confirm', {
    challenge: { ...base, type: 'confirm-pin', pin, pinLength: answer.length },
    question: { type: 'confirm-pin' },
  })
}

/** The user's own PIN, second time: if it is the same it is set, otherwise the dialogue asks for a PIN again. */
export function answerConfirmPin(answering: Answering<ConfirmPinChallenge>): Decision {
  const { snapshot, challenge, answer, token } = answering
  const { pin, pinLength, type: _, ...base } = challenge
  const same =
    answer.length === pinLength && verifyPin(answer, { tokenId: token.record.id, verifier: pin }, snapshot.pinKeys)
  if (same) return propose(answering, pin, pinLength)
  if (answer === '') return cancel(answering)
  return askOn(answering, 'new-pin-mismatch', {
    challenge: { ...base, type: 'new-pin' },
    question: { type: 'new-pin', rules: requirementsOf(token, snapshot), previous: 'mismatch' },
  })
}

/** The PIN the system made: taken with y or yes (j or ja, where the question was German), anything else cancels. */
export function answerSystemPin(answering: Answering<SystemPinChallenge>): Decision {
  const { challenge, answer } = answering
  const accepted = /^\s*(?:y(?:es)?|ja?)\s*$/i.test(answer)
  return accepted ? propose(answering, challenge.pin, challenge.pinLength) : cancel(answering)
}

/** The PIN is kept and waits for its first use; every earlier question of this dialogue is void from here on. */
function propose(answering: Answering, verifier: PinVerifier, length: number): Decision {
  const { challenge, snapshot, token, now } = answering
  const { userId, tokenId, openedByStep, openedAt, expiresAt } = challenge
  const proposedPin: PinState = { verifier, length, setAt: now, history: historyWith(token, snapshot.tokenPolicy.pin) }
  return askOn(answering, 'new-pin-accepted', {
    challenge: { userId, tokenId, openedByStep, openedAt, expiresAt, type: 'passcode-after-new-pin' },
    question: { type: 'passcode-after-new-pin' },
    next: { token, next: { proposedPin, challengeSpentStep: openedByStep } },
  })
}

function historyWith({ state }: Token, { historyCount }: PinPolicy): readonly PinVerifier[] {
  const last = lastPin(state)
  return last === null ? [] : [last.verifier, ...last.history].slice(0, historyCount)
}

function cancel(answering: Answering): Decision {
  const { snapshot, challenge, token, now } = answering
  const rejected = rejectUncounted({ snapshot, now, reason: 'new-pin-cancelled', verdicts: [] })
  const spentChallenge = { token, next: { challengeSpentStep: challenge.openedByStep } }
  return { ...rejected, ...conditionalChanges(snapshot.user, [spentChallenge]) }
}

interface Next {
  readonly challenge: Challenge
  readonly question: Question
  readonly next?: NextToken
  readonly faults?: readonly string[]
}

function askOn({ snapshot, now }: Answering, reason: Reason, { challenge, question, next, faults }: Next): Decision {
  const { user, lockoutPolicy: policy } = snapshot
  return {
    outcome: 'challenge',
    reason,
    challenge,
    question,
    ...conditionalChanges(user, next === undefined ? [] : [next]),
    trace: {
      rule: reason,
      tokens: [],
      consecutiveFailures: failuresInRow(user.guesses, { policy, now }),
      counted: false,
      serverClockInDoubt: snapshot.serverClockInDoubt,
      ...(faults !== undefined && { pinFaults: faults }),
    },
  }
}

/** The dialogue was opened because a change is due, so the minimum age does not hold it up. */
function pinChoice(token: Token, { pinKeys: keys }: Snapshot, now: Answering['now']): PinChoice {
  const { pin: state, clearedPin: cleared = null } = token.state
  return { state, cleared, tokenId: token.record.id, keys, now, changeRequired: true, ...pinToken(token) }
}

function pinToken({ record }: Token): PinToken {
  return { style: record.passcodeStyle, digits: record.digits, formFactor: record.formFactor }
}

function requirementsOf(token: Token, { tokenPolicy }: Snapshot): PinRequirements {
  return pinRequirements(tokenPolicy.pin, pinToken(token))
}
