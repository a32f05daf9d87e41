import type { LoginResult } from '@driftlock/application'
import { type Question, REASONS, type Reason } from '@driftlock/domain'
import { encodeRadiusText } from '@driftlock/formats'
import type { RadiusAnswer, RadiusClient } from './ports.ts'
import { inGerman } from './german-prompts.ts'
import { isGerman, type RadiusPromptKey, radiusPrompt } from './prompts.ts'

/** Time for the user to wait for the next code and type it; a challenge of the default policy lives longer. */
const SESSION_TIMEOUT_SECONDS = 90

/**
 * The answer to a login in RADIUS: the question in one Reply-Message in the client's words, the sealed challenge as State.
 * A client that cannot show a challenge gets a reject; the token keeps its mode, and the user goes to the web page.
 */
export function answerLogin(result: LoginResult, client: RadiusClient): RadiusAnswer {
  switch (result.outcome) {
    case 'accept':
      return { code: 'accept', replyAttributes: [] }
    case 'reject':
      return rejectWith(result.reason, client)
    case 'challenge': {
      if (!client.supportsChallenge) return rejectWithoutChallenge(client)
      const { key, facts } = wording(result.question, isGerman(client))
      return {
        code: 'challenge',
        message: radiusPrompt(key, client, facts),
        state: encodeRadiusText(result.sealedChallenge),
        // Everything but y or n is a PIN, holds one, or is a code that still works.
        echo: result.question.type === 'accept-system-pin',
        sessionTimeoutSeconds: SESSION_TIMEOUT_SECONDS,
      }
    }
  }
}

/** A reject that says as much as the client's setting allows; `advice` is the neutral text every user may read. */
export function rejectWith(reason: Reason, client: RadiusClient): RadiusAnswer {
  const { rejectDetail } = client
  if (rejectDetail === 'nothing') return { code: 'reject' }
  if (rejectDetail === 'denied') return { code: 'reject', message: radiusPrompt('access-denied', client) }
  const { user: advice } = REASONS[reason]
  return { code: 'reject', message: isGerman(client) ? inGerman(advice) : advice }
}

function rejectWithoutChallenge(client: RadiusClient): RadiusAnswer {
  const { rejectDetail } = client
  if (rejectDetail === 'nothing') return { code: 'reject' }
  return {
    code: 'reject',
    message: radiusPrompt(rejectDetail === 'advice' ? 'no-challenge' : 'access-denied', client),
  }
}

interface Wording {
  readonly key: RadiusPromptKey
  readonly facts?: Readonly<Record<string, string | number>>
}

function wording(question: Question, german: boolean): Wording {
  switch (question.type) {
    case 'next-tokencode':
      return { key: 'next-tokencode' }
    case 'new-pin':
      return { key: newPinKey(question), facts: newPinFacts(question, german) }
    case 'confirm-pin':
      return { key: 'new-pin-confirm' }
    case 'accept-system-pin':
      return { key: 'new-pin-generated', facts: { pin: question.pin } }
    case 'passcode-after-new-pin':
      return { key: 'new-pin-accepted' }
  }
}

type NewPinQuestion = Extract<Question, { type: 'new-pin' }>

function newPinKey({ previous }: NewPinQuestion): RadiusPromptKey {
  if (previous === 'mismatch') return 'new-pin-mismatch'
  return previous === 'rejected' ? 'new-pin-refused' : 'new-pin'
}

function newPinFacts({ rules, faults = [] }: NewPinQuestion, german: boolean): NonNullable<Wording['facts']> {
  const { minLength, maxLength, characters } = rules
  const [digits, alphanumeric] = german ? ['Ziffern', 'Buchstaben und Ziffern'] : ['digits', 'alphanumeric characters']
  const [reason = ''] = faults
  return {
    minimum: minLength,
    maximum: maxLength,
    characters: characters === 'digits' ? digits : alphanumeric,
    reason: german ? inGerman(reason) : reason,
  }
}
