import { acceptanceWindow, type AcceptanceWindow } from '../drift/windows.ts'
import { type FoundStep, type SearchOutcome, searchWindow } from '../drift/search-window.ts'
import { readTokencodePasscode } from '../passcode/read-passcode.ts'
import type { PinState } from '../pin/pin-state.ts'
import { pinCheck } from '../pin/pin-verifier.ts'
import type { Step, UnixMs } from '../time.ts'
import type { Token } from '../token/token.ts'
import { sameCode } from '../tokencode/same-code.ts'
import { type CodeSource, codeSource } from '../tokencode/code-source.ts'
import { mixedPin } from '../passcode/mixed-pin.ts'
import { middleOfStepMs } from '../tokencode/steps.ts'
import type { Snapshot } from './decision.ts'
import { judgePin, type PinVerdict } from './judge-pin.ts'
import { tokenRefusal } from './token-refusal.ts'
import type { Verdict } from './verdict.ts'

export interface JudgeContext {
  readonly snapshot: Snapshot
  readonly now: UnixMs
  /** Do not stop at a match: the answer is no whatever is found, and time must not tell what was. */
  readonly exhaustive: boolean
}

/** What a token says of a passcode, read as PIN and tokencode (or as one PINPad number). */
export function judgeTokencode(token: Token, passcode: string, context: JudgeContext): Verdict {
  const { pin, proposedPin } = token.state
  const hindrance = tokenRefusal(token, context.now)
  const judging = { ...context, exhaustive: context.exhaustive || hindrance !== undefined }
  const mixed = token.record.passcodeStyle === 'pinpad' && (pin !== null || proposedPin !== null)
  const verdict = mixed ? judgeMixed(token, passcode, judging) : judgeSplit(token, passcode, judging)
  return hindrance === undefined ? verdict : { ...verdict, hindrance }
}

function judgeSplit(token: Token, passcode: string, context: JudgeContext): Verdict {
  const reading = readTokencodePasscode(passcode, token, context.snapshot.tokenPolicy.pin)
  if (reading === undefined) return unreadable(token)
  const pin = judgePin(reading.pin, token, context.snapshot.pinKeys)
  return search(token, context, {
    pinBy: (code) => (sameCode(code, reading.code) ? pin : undefined),
    otherwise: pin,
  })
}

/** PINPad style: each candidate code is taken off the passcode, and what remains must be the PIN. */
function judgeMixed(token: Token, passcode: string, context: JudgeContext): Verdict {
  const { digits, id: tokenId } = token.record
  if (passcode.length !== digits || !/^[0-9]+$/.test(passcode)) return unreadable(token)
  const { pin: current, proposedPin } = token.state
  const mixedInBy = (candidate: PinState | null): ((code: string) => boolean) => {
    if (candidate === null) return () => false
    const isPin = pinCheck({ tokenId, verifier: candidate.verifier }, context.snapshot.pinKeys)
    return (code) => {
      const pin = mixedPin(passcode, code, candidate.length)
      return pin !== undefined && isPin(pin)
    }
  }
  const isProposed = mixedInBy(proposedPin)
  const isCurrent = mixedInBy(current)
  const pinBy = (code: string): PinVerdict | undefined => {
    if (isProposed(code)) return { pin: 'good', byProposedPin: true }
    if (isCurrent(code)) return { pin: 'good', byProposedPin: false }
    // A PIN that must be replaced may be a cleared one: then the bare tokencode opens the dialogue.
    return current === null && sameCode(code, passcode) ? { pin: 'not-set', byProposedPin: false } : undefined
  }
  return search(token, context, { pinBy, otherwise: { pin: 'bad', byProposedPin: false } })
}

interface Sought {
  /** What the passcode says of the PIN if this is its code; undefined = it is not. */
  readonly pinBy: (code: string) => PinVerdict | undefined
  /** What it says of the PIN where no code fits. */
  readonly otherwise: PinVerdict
}

type Look = SearchOutcome & { readonly pin: PinVerdict }

function search(token: Token, context: JudgeContext, sought: Sought): Verdict {
  const { record, state } = token
  const window = acceptanceWindow(record, state, context.now)
  const { centre } = window
  const radiusSteps = isBeyondBadCodes(token, context.snapshot) ? window.largeSteps : window.mediumSteps
  // With a bad PIN the search must not end early: its time would tell that the code was good.
  const exhaustive = context.exhaustive || (sought.otherwise.pin === 'bad' && record.passcodeStyle !== 'pinpad')
  const look = (source: CodeSource): Look => {
    const pins = new Map<Step, PinVerdict>()
    const fits = (code: string, at: Step): boolean => {
      const pin = sought.pinBy(code)
      if (pin !== undefined) pins.set(at, pin)
      return pin !== undefined
    }
    const outcome = searchWindow(source, { fits, centre, radiusSteps, above: state.highWaterStep, exhaustive })
    const found = outcome.match ?? outcome.used
    return { ...outcome, pin: (found && pins.get(found.step)) ?? sought.otherwise }
  }
  const result = look(codeSource(record, token.seed))
  const pendingSeed = result.match === undefined || exhaustive ? token.pendingSeed : undefined
  const pending = pendingSeed && look(codeSource(record, pendingSeed))
  const fromPendingSeed = result.match === undefined && pending?.match !== undefined
  const best = fromPendingSeed ? pending : result
  return {
    token,
    via: 'tokencode',
    ...best.pin,
    fromPendingSeed,
    searchedSteps: radiusSteps,
    ...describe(best, { token, window, now: context.now }),
  }
}

interface Place {
  readonly token: Token
  readonly window: AcceptanceWindow
  readonly now: UnixMs
}

function describe({ match, used }: SearchOutcome, place: Place): Pick<Verdict, 'code'> & Partial<Verdict> {
  const { state } = place.token
  if (match !== undefined) {
    return { code: 'good', step: match.step, window: windowOf(match.stepsOff, place.window), ...distance(match, place) }
  }
  if (used === undefined) return { code: 'none' }
  return {
    code: used.step === state.highWaterStep ? 'reused' : 'too-old',
    step: used.step,
    ...distance(used, place),
  }
}

function distance({ step, stepsOff }: FoundStep, { token, now }: Place): Partial<Verdict> {
  if (token.record.kind === 'hotp') return { stepsOff }
  return { stepsOff, clockOffMs: middleOfStepMs(token.record, step) - now }
}

function windowOf(stepsOff: number, { smallSteps, mediumSteps }: AcceptanceWindow): 'small' | 'medium' | 'large' {
  const away = Math.abs(stepsOff)
  if (away <= smallSteps) return 'small'
  return away <= mediumSteps ? 'medium' : 'large'
}

/** So many wrong codes that a good one must be followed by the next (policy "Require next tokencode after X incorrect passcodes"). */
export function isBeyondBadCodes(token: Token, { tokenPolicy }: Snapshot): boolean {
  const limit = tokenPolicy.incorrectPasscodesBeforeNextTokencode
  return limit !== null && token.state.badTokencodeCount >= limit
}

function unreadable(token: Token): Verdict {
  return {
    token,
    via: 'tokencode',
    pin: 'unreadable',
    byProposedPin: false,
    code: 'unreadable',
    fromPendingSeed: false,
    searchedSteps: 0,
  }
}
