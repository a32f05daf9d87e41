import type { AnsweredStep, NoAnswerCause, RadiusTestStep } from '@driftlock/radius'
import { harmless } from '../terminal/terminal.ts'

const CODES = { accept: 'Access-Accept', reject: 'Access-Reject', challenge: 'Access-Challenge' } as const

const CAUSES: Readonly<Record<NoAnswerCause, string>> = {
  silence:
    'no answer: the server is down or cannot work, this machine is no client of it, or (with Message-Authenticator) the secret is another one',
  'wrong-secret': 'an answer came, but under another shared secret',
  network: 'the network refused',
}

/** The arrow of a request. The passcode is never shown. */
export function requestText(username: string, hasState: boolean): string {
  return `client ── Access-Request ──▶ server   ${harmless(username)}${hasState ? ', with the State of the challenge' : ''}`
}

/** The arrow of what came back, and everything in it. */
export function stepText(step: RadiusTestStep): string {
  if (step.kind === 'not-sent') {
    return step.cause === 'password-too-long'
      ? '  not sent: an answer has at most 128 octets (RFC 2865 §5.2)'
      : '  not sent: the request does not fit a packet'
  }
  if (step.kind === 'no-answer') {
    const copies = step.attempts === 1 ? 'once' : `${step.attempts} times`
    return `client ◀──     ✗     ── server   ${CAUSES[step.cause]}${step.failure === undefined ? '' : ` (${step.failure})`}; sent ${copies}`
  }
  const arrow = `client ◀── ${CODES[step.kind]} ── server   ${factsOf(step)}`
  const width = Math.max(0, ...step.attributes.map(({ name }) => name.length))
  const lines = step.attributes.map(
    ({ name, text }) => `    ${name.padEnd(width)}  ${harmless(text.replaceAll('\n', ' ⏎ '))}`,
  )
  return [arrow, ...lines].join('\n')
}

function factsOf({ roundTripMs, attempts, messageAuthenticator }: AnsweredStep): string {
  const again = attempts === 1 ? '' : `, at the ${attempts}. try`
  const signed =
    messageAuthenticator === 'missing'
      ? 'NO Message-Authenticator: forgeable (Blast-RADIUS)'
      : messageAuthenticator === 'valid'
        ? 'Message-Authenticator valid, but not first'
        : 'Message-Authenticator valid'
  return `${roundTripMs.toFixed(1)} ms${again}, ${signed}`
}
