import type { LoginOrigin, LoginRequest, LoginResult } from '@driftlock/application'
import { METHOD_IDS } from '@driftlock/contracts'
import type { Question } from '@driftlock/domain'
import { type Asked, ASK_PASSCODE, askQuestion } from './challenge-methods.ts'
import type { PromptLanguage } from './prompts.ts'
import type { GivenAnswer } from './read-credential.ts'

/** What came of one answer, in the terms of the dialogue. */
export type Judgement =
  | { readonly type: 'accepted'; readonly securityDomainId: string }
  /** The answer was good and something else is asked. */
  | { readonly type: 'goes-on'; readonly asked: Asked; readonly sealedChallenge: string }
  /** The answer was not taken and the same question is put again; it was no guess. */
  | { readonly type: 'asked-again'; readonly asked: Asked; readonly sealedChallenge: string }
  | { readonly type: 'wrong'; readonly asked: Asked }
  /** The user gave up. */
  | { readonly type: 'over' }

export interface AnswerToJudge {
  readonly subjectName: string
  /** Of what is asked next. */
  readonly language: PromptLanguage
  readonly given: GivenAnswer
  readonly sealedChallenge: string | null
  readonly origin: LoginOrigin
}

type Login = (request: LoginRequest) => Promise<LoginResult>

/** Gives one answer to the rules. A new PIN, which the client has asked for twice already, is given as both entries. */
export async function judgeAnswer(login: Login, answer: AnswerToJudge): Promise<Judgement> {
  const first = await login(requestOf(answer))
  const { given, subjectName, origin, language } = answer
  if (first.outcome !== 'challenge' || first.question.type !== 'confirm-pin') return judgementOf(first, language)
  const { sealedChallenge } = first
  const entry = { type: 'answer', sealedChallenge, answer: given.value } as const
  return judgementOf(await login({ username: subjectName, entry, origin }), language)
}

function requestOf({ subjectName: username, given, sealedChallenge, origin }: AnswerToJudge): LoginRequest {
  if (sealedChallenge === null) return { username, entry: { type: 'passcode', passcode: given.value }, origin }
  const answer = given.method === METHOD_IDS.systemPin ? consentOf(given.value) : given.value
  return { username, entry: { type: 'answer', sealedChallenge, answer }, origin }
}

/** BOOLEAN inputs say true where a person says yes. */
function consentOf(value: string): string {
  return value === 'true' ? 'y' : value
}

function judgementOf(result: LoginResult, language: PromptLanguage): Judgement {
  switch (result.outcome) {
    case 'accept':
      return { type: 'accepted', securityDomainId: result.user.securityDomainId }
    case 'reject':
      return result.reason === 'new-pin-cancelled' ? { type: 'over' } : { type: 'wrong', asked: ASK_PASSCODE[language] }
    case 'challenge': {
      const { question, sealedChallenge } = result
      const asked = askQuestion(neverConfirm(question), language)
      const refused = question.type === 'new-pin' && question.previous !== undefined
      return { type: refused ? 'asked-again' : 'goes-on', asked, sealedChallenge }
    }
  }
}

function neverConfirm(question: Question): Exclude<Question, { type: 'confirm-pin' }> {
  if (question.type === 'confirm-pin')
    throw new TypeError('The second entry of a PIN was answered by the same question.')
  return question
}
