import { decidePasscode } from '../authentication/decide-passcode.ts'
import type { Entropy, Snapshot } from '../authentication/decision.ts'
import { judgePin } from '../authentication/judge-pin.ts'
import { searchWindow } from '../drift/search-window.ts'
import { mixedPin } from '../passcode/mixed-pin.ts'
import { verifyPin } from '../pin/pin-verifier.ts'
import { addSteps, MS_PER_HOUR, MS_PER_SECOND, NO_STEP, type Step, type UnixMs } from '../time.ts'
import type { Token } from '../token/token.ts'
import { sameCode } from '../tokencode/same-code.ts'
import { codeSource } from '../tokencode/code-source.ts'
import { middleOfStepMs, stepAt } from '../tokencode/steps.ts'
import { clockWords } from './duration-words.ts'
import { type Sentence, traceSentences } from './explain-trace.ts'

/** Far enough for the worst wrong time zone (14 h) and half a day of drift on top of it. */
export const EXPLAIN_REACH_MS = 26 * MS_PER_HOUR
/** HOTP: this many presses ahead, and as many behind. */
export const EXPLAIN_REACH_COUNTERS = 1000
/** Beyond this the two clocks differ too much for a resynchronisation (seed 000). */
const RESYNC_LIMIT_MS = 12 * MS_PER_HOUR

export interface Explanation {
  /** Sentences for the help desk, the most telling first. */
  readonly sentences: readonly string[]
  /** The same sentences with what they are made of. */
  readonly said: readonly Sentence[]
  /** What was found far from where the windows look. */
  readonly findings: readonly Finding[]
}

export interface Finding {
  readonly serial: string
  readonly seed: 'current' | 'redistributed' | 'voided'
  readonly pinGood: boolean
  /** + = ahead; absent for HOTP. */
  readonly clockOffMs?: number
  readonly countersOff?: number
  /** It lies at or below the step that was used last. */
  readonly alreadyUsed: boolean
  /** It is the very code that was used last. */
  readonly lastUsed: boolean
}

/**
 * Why a passcode failed, or would fail now: judges it without changing anything, then looks for its code far outside the
 * windows, in the user's tokens and in seeds that redistributions voided lately (seed 000, reasons for failure).
 */
export function explainPasscode(
  snapshot: Snapshot,
  passcode: string,
  at: { now: UnixMs; entropy: Entropy },
): Explanation {
  const decision = decidePasscode(snapshot, passcode, at)
  const judged = traceSentences(decision.trace)
  if (decision.outcome !== 'reject') return explanation([WOULD_BE_TAKEN, ...judged], [])
  const seen = new Set(decision.trace.tokens.filter(({ code }) => code === 'good').map(({ serial }) => serial))
  const findings = snapshot.tokens
    .filter(({ record }) => !seen.has(record.serial))
    .flatMap((token) => findFarOff(token, passcode, { snapshot, now: at.now }))
  return explanation([...findings.map(findingSentence), ...judged], findings)
}

const WOULD_BE_TAKEN: Sentence = { code: 'would-be-taken', facts: {}, text: 'This passcode would be taken now.' }

function explanation(said: readonly Sentence[], findings: readonly Finding[]): Explanation {
  return { sentences: said.map(({ text }) => text), said, findings }
}

interface Where {
  readonly snapshot: Snapshot
  readonly now: UnixMs
}

function findFarOff(token: Token, passcode: string, where: Where): readonly Finding[] {
  const { digits } = token.record
  const code = passcode.slice(-digits)
  if (code.length !== digits || !/^[0-9]+$/.test(code)) return []
  const seeds = [
    { seed: token.seed, kind: 'current' as const },
    ...(token.pendingSeed === undefined ? [] : [{ seed: token.pendingSeed, kind: 'redistributed' as const }]),
    ...(token.voidedSeeds ?? []).map((seed) => ({ seed, kind: 'voided' as const })),
  ]
  return seeds.flatMap(({ seed, kind }) => {
    const found = findStep(token, seed, { ...where, passcode, code })
    return found === undefined ? [] : [toFinding(token, kind, { ...found, now: where.now })]
  })
}

interface Sought extends Where {
  readonly passcode: string
  readonly code: string
}

function findStep(token: Token, seed: Uint8Array, { snapshot, now, passcode, code }: Sought) {
  const { record, state } = token
  const mixes = record.passcodeStyle === 'pinpad'
  const noPin = mixes && state.pin === null && state.proposedPin === null
  const pinGood =
    noPin || (!mixes && judgePin(passcode.slice(0, -record.digits), token, snapshot.pinKeys).pin !== 'bad')
  let byPin = pinGood
  const fits = (candidate: string): boolean => {
    const isMixed = mixes && isMixedWith(token, { passcode, candidate, snapshot })
    byPin = pinGood || isMixed
    return sameCode(candidate, code) || isMixed
  }
  const [centre, radiusSteps] =
    record.kind === 'hotp'
      ? [addSteps(state.highWaterStep, 1), EXPLAIN_REACH_COUNTERS]
      : [stepAt(record, now), Math.floor(EXPLAIN_REACH_MS / (record.intervalSeconds * MS_PER_SECOND))]
  const { match } = searchWindow(codeSource(record, seed), {
    fits,
    centre,
    radiusSteps,
    above: NO_STEP,
    exhaustive: false,
  })
  return match === undefined ? undefined : { step: match.step, stepsOff: match.stepsOff, pinGood: byPin }
}

function isMixedWith(
  token: Token,
  { passcode, candidate, snapshot }: { passcode: string; candidate: string; snapshot: Snapshot },
): boolean {
  return [token.state.proposedPin, token.state.pin].some((pin) => {
    const mixed = pin === null ? undefined : mixedPin(passcode, candidate, pin.length)
    if (pin === null || mixed === undefined) return false
    return verifyPin(mixed, { tokenId: token.record.id, verifier: pin.verifier }, snapshot.pinKeys)
  })
}

interface FoundStep {
  readonly step: Step
  readonly stepsOff: number
  readonly pinGood: boolean
  readonly now: UnixMs
}

function toFinding(
  { record, state }: Token,
  seed: Finding['seed'],
  { step, stepsOff, pinGood, now }: FoundStep,
): Finding {
  const off = record.kind === 'hotp' ? { countersOff: stepsOff } : { clockOffMs: middleOfStepMs(record, step) - now }
  return {
    serial: record.serial,
    seed,
    pinGood,
    ...off,
    alreadyUsed: step <= state.highWaterStep,
    lastUsed: step === state.highWaterStep,
  }
}

function findingSentence(finding: Finding): Sentence {
  const { serial, seed, clockOffMs, countersOff } = finding
  return {
    code: 'good-code-elsewhere',
    facts: {
      serial,
      seed,
      pin: finding.pinGood ? 'good' : 'bad',
      advice: adviceOf(finding),
      ...(clockOffMs !== undefined && { clockOffMs }),
      ...(countersOff !== undefined && { countersOff }),
    },
    text: findingWords(finding),
  }
}

function findingWords(finding: Finding): string {
  const whose = `This is a good code of token ${finding.serial}`
  const pin = finding.pinGood ? '' : ' The PIN is wrong or missing.'
  if (finding.seed === 'voided') {
    return `${whose} as it was before it was redistributed: the old copy is still on the device. Import the new one there, or undo the redistribution.${pin}`
  }
  return `${whose}, ${placeWords(finding)}: ${ADVICE[adviceOf(finding)]}.${pin}`
}

function placeWords({ clockOffMs, countersOff = 0 }: Finding): string {
  if (clockOffMs !== undefined) return clockWords(clockOffMs)
  return countersOff < 0 ? `${-countersOff} presses behind` : `${countersOff} presses ahead`
}

const ADVICE = {
  'last-used': 'it is the code that was used last; wait for the display to change',
  'clocks-differ':
    'the server and token clocks differ too much; check the server’s time zone and the date and time of the device',
  'already-used':
    'it lies before a code that was already used; wait for the display to change, or set the token back if its clock was set back',
  resynchronise: 'too far off for the windows; resynchronise the token',
} as const

function adviceOf({ clockOffMs = 0, alreadyUsed, lastUsed }: Finding): keyof typeof ADVICE {
  if (lastUsed) return 'last-used'
  if (Math.abs(clockOffMs) > RESYNC_LIMIT_MS) return 'clocks-differ'
  return alreadyUsed ? 'already-used' : 'resynchronise'
}
