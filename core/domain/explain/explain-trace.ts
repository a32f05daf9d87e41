import { type Reason, REASONS } from '../authentication/reasons.ts'
import type { TokenTrace, Trace } from '../authentication/trace.ts'
import { clockWords } from './duration-words.ts'

/** What a kept decision means, in words for the help desk; the first sentence is the answer, the others are the evidence. */
export function explainTrace(trace: Trace): readonly string[] {
  return [
    REASONS[trace.rule].helpDesk,
    ...trace.tokens.map(tokenWords),
    ...(trace.pinFaults === undefined ? [] : [`The PIN was refused: ${trace.pinFaults.join(' ')}`]),
    ...(trace.consecutiveFailures > 0 ? [`Failures in a row: ${trace.consecutiveFailures}.`] : []),
    ...(trace.counted || !isRefusal(trace) ? [] : ['This attempt was not counted against the lockout.']),
    ...(trace.serverClockInDoubt
      ? ['The clock of the server was in doubt: nothing was learned of the token’s clock.']
      : []),
  ]
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
