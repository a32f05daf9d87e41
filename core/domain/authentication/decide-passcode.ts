import { userHindrance } from '../directory/user-hindrance.ts'
import { pausedUntil } from '../lockout/guess-budget.ts'
import { isInNewPinMode } from '../pin/new-pin-mode.ts'
import { passcodeFingerprint } from '../pin/passcode-fingerprint.ts'
import { MS_PER_SECOND, type UnixMs } from '../time.ts'
import { accept, type Acceptance, spentBy } from './accept.ts'
import { acceptEmergencyCode } from './accept-emergency-code.ts'
import type { NextToken } from './conditional-changes.ts'
import type { Decision, Entropy, Snapshot } from './decision.ts'
import { isBeyondBadCodes, type JudgeContext, judgeTokencode } from './judge-tokencode.ts'
import { judgeEmergencyCode } from './judge-emergency-code.ts'
import { openNewPin } from './new-pin.ts'
import { openNextTokencode } from './next-tokencode.ts'
import { rejectReason } from './reject-reason.ts'
import { rejectCounted, rejectUncounted } from './reject.ts'
import { hasOneFactor, isGood, isPinRight, stepOf, type Verdict } from './verdict.ts'

/** Judges one passcode over all tokens and emergency codes of the user. */
export function decidePasscode(snapshot: Snapshot, passcode: string, { now, entropy }: At): Decision {
  const barred = userHindrance(snapshot.user, snapshot.lockoutPolicy, now)
  const paused = pausedUntil(snapshot.user.guesses, snapshot.lockoutPolicy, now) !== undefined
  // Judged all the same, and to the end: the time it takes does not tell whether the passcode is good while it is refused.
  const verdicts = judgeAll(passcode, { snapshot, now, exhaustive: barred !== undefined || paused })
  const good = bestOf(verdicts)
  // A pause only holds those who have one factor: for others there is nothing to guess at, and nobody is kept out by them.
  const hindrance = barred ?? (paused && verdicts.some(hasOneFactor) ? 'try-later' : undefined)
  if (hindrance !== undefined) return rejectUncounted({ snapshot, now, reason: hindrance, verdicts })
  if (good === undefined) return refuse(snapshot, passcode, { verdicts, now })
  return good.via === 'emergency'
    ? acceptEmergencyCode({ snapshot, now, reason: 'emergency-code-accepted', verdict: good })
    : admit({ snapshot, now, reason: 'passcode-accepted', verdict: good }, entropy)
}

interface At {
  readonly now: UnixMs
  readonly entropy: Entropy
}

function judgeAll(passcode: string, context: JudgeContext): readonly Verdict[] {
  return context.snapshot.tokens.flatMap((token) => {
    const emergency = judgeEmergencyCode(token, passcode, context)
    const tokencode = judgeTokencode(token, passcode, context)
    return emergency === undefined ? [tokencode] : [emergency, tokencode]
  })
}

/** Among good readings the one nearest to its token's clock; an emergency code, being exact, comes first. */
function bestOf(verdicts: readonly Verdict[]): Verdict | undefined {
  const away = (verdict: Verdict): number => (verdict.via === 'emergency' ? -1 : Math.abs(verdict.stepsOff ?? 0))
  return verdicts.filter(isGood).sort((one, other) => away(one) - away(other))[0]
}

/** A good code: next tokencode first where it is due, then a new PIN where it is due, then in. */
function admit(acceptance: Acceptance, entropy: Entropy): Decision {
  const { snapshot, verdict, now } = acceptance
  if (isBeyondBadCodes(verdict.token, snapshot)) return openNextTokencode(acceptance, 'too-many-bad-codes')
  if (verdict.window !== 'small') return openNextTokencode(acceptance, 'outside-small-window')
  const spent = spentBy(acceptance, stepOf(verdict))
  const setsPin = !verdict.byProposedPin && isInNewPinMode(verdict.token, snapshot.tokenPolicy.pin, now)
  return setsPin ? openNewPin(acceptance, spent, entropy) : accept(acceptance, spent)
}

interface Refused {
  readonly verdicts: readonly Verdict[]
  readonly now: UnixMs
}

function refuse(snapshot: Snapshot, passcode: string, { verdicts, now }: Refused): Decision {
  const rejection = { snapshot, now, reason: rejectReason(verdicts), verdicts }
  if (isLastCodeAgain(snapshot, verdicts, now)) return rejectUncounted(rejection)
  return rejectCounted(rejection, {
    oneFactor: verdicts.some(hasOneFactor),
    fingerprint: passcodeFingerprint(passcode, snapshot.user.id, snapshot.pinKeys),
    tokens: charged(verdicts),
  })
}

/** The code that was accepted a moment ago, with its PIN, once more: a client that sent it twice. Still refused, but no guess. */
function isLastCodeAgain({ lockoutPolicy }: Snapshot, verdicts: readonly Verdict[], now: UnixMs): boolean {
  const horizon = lockoutPolicy.retransmissionSeconds * MS_PER_SECOND
  return verdicts.some(
    (verdict) =>
      verdict.code === 'reused' &&
      verdict.via === 'tokencode' &&
      isPinRight(verdict) &&
      verdict.token.state.lastAcceptedAt !== null &&
      now - verdict.token.state.lastAcceptedAt <= horizon,
  )
}

/** A wrong code is charged to the tokens whose PIN fitted; where none did, to all that could be read. */
function charged(verdicts: readonly Verdict[]): readonly NextToken[] {
  const wrong = verdicts.filter((verdict) => verdict.via === 'tokencode' && verdict.code === 'none')
  const withPin = wrong.filter(isPinRight)
  return (withPin.length > 0 ? withPin : wrong).map(({ token }) => ({
    token,
    next: { badTokencodeCount: token.state.badTokencodeCount + 1 },
  }))
}
