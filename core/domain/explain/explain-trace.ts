import { type Reason, REASONS } from '../authentication/reasons.ts'
import type { TokenTrace, Trace } from '../authentication/trace.ts'
import { PIN_FAULTS } from '../pin/pin-rules.ts'
import { clockWords } from './duration-words.ts'

/** One sentence for the help desk: a stable code and the facts in it, for other languages, and its English words. */
export interface Sentence {
  /** A reason, or what else the sentence is about. */
  readonly code: string
  readonly facts: Readonly<Record<string, string | number>>
  readonly text: string
}

/** What a kept decision means, in words for the help desk; the first sentence is the answer, the others are the evidence. */
export function explainTrace(trace: Trace): readonly string[] {
  return traceSentences(trace).map(({ text }) => text)
}

/** The sentences of `explainTrace` with what they are made of. */
export function traceSentences(trace: Trace): readonly Sentence[] {
  const { rule, tokens, pinFaults, consecutiveFailures: count } = trace
  const isUncounted = !trace.counted && isRefusal(trace)
  return [
    { code: rule, facts: {}, text: REASONS[rule].helpDesk },
    ...tokens.map(tokenSentence),
    ...(pinFaults === undefined ? [] : [pinSentence(pinFaults)]),
    ...(count > 0 ? [{ code: 'failures-in-a-row', facts: { count }, text: `Failures in a row: ${count}.` }] : []),
    ...(isUncounted ? [NOT_COUNTED] : []),
    ...(trace.serverClockInDoubt ? [IN_DOUBT] : []),
  ]
}

const NOT_COUNTED: Sentence = {
  code: 'not-counted',
  facts: {},
  text: 'This attempt was not counted against the lockout.',
}

const IN_DOUBT: Sentence = {
  code: 'server-clock-in-doubt',
  facts: {},
  text: 'The clock of the server was in doubt: nothing was learned of the token’s clock.',
}

function pinSentence(words: readonly string[]): Sentence {
  const codes = Object.entries(PIN_FAULTS).flatMap(([code, text]) => (words.includes(text) ? [code] : []))
  return {
    code: 'pin-refused',
    facts: { faults: codes.join(' ') },
    text: `The PIN was refused: ${words.join(' ')}`,
  }
}

/** Rules that let in, ask on or resynchronise; every other one refuses. */
const NOT_REFUSING: ReadonlySet<Reason> = new Set<Reason>([
  'passcode-accepted',
  'next-tokencode-accepted',
  'emergency-code-accepted',
  'next-tokencode-after-bad-codes',
  'next-tokencode-outside-small-window',
  'new-pin-required',
  'new-pin-to-confirm',
  'new-pin-accepted',
  'new-pin-rejected',
  'new-pin-mismatch',
  'resynchronised',
  'resynchronised-after-setback',
])

function isRefusal({ rule }: Trace): boolean {
  return !NOT_REFUSING.has(rule)
}

const PIN_WORDS: Record<TokenTrace['pin'], string> = {
  good: 'PIN good',
  bad: 'PIN wrong or missing',
  'not-set': 'no PIN set yet',
  'not-needed': 'no PIN needed',
  unreadable: 'cannot be split into PIN and tokencode',
}

const CODE_WORDS: Record<TokenTrace['code'], string> = {
  good: 'code good',
  reused: 'code was used before',
  'too-old': 'code is earlier than one already used',
  none: 'code not found',
  unreadable: 'wrong length or characters',
}

function tokenSentence(token: TokenTrace): Sentence {
  const { serial, pin, code, via, searchedSteps } = token
  const seen = { serial, pin, code, via, searchedSteps }
  const { clockOffMs, stepsOff, window, hindrance } = token
  return {
    code: 'token-evidence',
    facts: {
      ...seen,
      ...(clockOffMs !== undefined && { clockOffMs }),
      ...(stepsOff !== undefined && { stepsOff }),
      ...(window !== undefined && { window }),
      ...(hindrance !== undefined && { hindrance }),
    },
    text: tokenWords(token),
  }
}

function tokenWords(token: TokenTrace): string {
  const facts = [PIN_WORDS[token.pin], CODE_WORDS[token.code]]
  if (token.clockOffMs !== undefined) facts.push(`its clock is ${clockWords(token.clockOffMs)}`)
  else if (token.stepsOff !== undefined) facts.push(`${token.stepsOff} presses ahead`)
  if (token.window !== undefined) facts.push(`${token.window} window`)
  if (token.code === 'none' && token.searchedSteps > 0) facts.push(`searched ${token.searchedSteps} codes either way`)
  if (token.hindrance !== undefined) facts.push(REASONS[token.hindrance].helpDesk.replace(/\.$/, ''))
  const what = token.via === 'emergency' ? 'Emergency access of token' : 'Token'
  return `${what} ${token.serial}: ${facts.join('; ')}.`
}
