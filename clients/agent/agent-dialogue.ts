import { randomUUID } from 'node:crypto'
import {
  type AuthnResponse,
  authnResponseSchema,
  GROUP_ATTRIBUTE,
  METHOD_IDS,
  type MethodPrompt,
} from '@driftlock/contracts'
import { AgentClientError } from './agent-client-error.ts'
import type { ManagerAnswer, Managers } from './managers.ts'

/** What the user is to be asked. */
export interface AgentQuestion {
  readonly kind: 'passcode' | 'next-tokencode' | 'new-pin' | 'system-pin' | 'emergency-tokencode' | 'other'
  readonly methodId: string
  readonly text: string
  /** False where the user may see what is typed. */
  readonly sensitive: boolean
  /** Ask for it twice, send it once. */
  readonly askTwice: boolean
  readonly minLength: number | null
  readonly maxLength: number | null
  readonly formatRegex: string | null
  /** What the manager says about the question beside its words (`promptArgs`); their meaning is the method's. */
  readonly details: readonly string[]
  /** The PIN the manager made, to be shown once (`system-pin`). */
  readonly systemPin: string | null
  /** The answer before was not taken. */
  readonly previousAnswerWrong: boolean
}

/** One state of a log-on. */
export type AgentStep =
  /** `groups`: what the manager says the user belongs to. */
  | { readonly state: 'accepted'; readonly groups: readonly string[] }
  | { readonly state: 'denied' }
  | { readonly state: 'question'; readonly question: AgentQuestion; readonly alternatives: readonly AgentQuestion[] }

export interface MethodAnswer {
  readonly methodId: string
  readonly value: string
}

const KINDS: Readonly<Record<string, AgentQuestion['kind']>> = {
  [METHOD_IDS.passcode]: 'passcode',
  [METHOD_IDS.nextTokencode]: 'next-tokencode',
  [METHOD_IDS.newPin]: 'new-pin',
  SECURID_NEW_PIN: 'new-pin',
  [METHOD_IDS.systemPin]: 'system-pin',
  [METHOD_IDS.emergency]: 'emergency-tokencode',
}

/**
 * Where a log-on stands, as plain data: any process with the same agent record can go on from it. It is as confidential as the
 * log-on itself; seal it before it leaves the process.
 */
export interface DialoguePlace {
  readonly attemptId: string
  readonly messageId: string
}

/** A log-on under way: `step` says where it stands, `answer` moves it on. */
export class AgentDialogue {
  readonly #managers: Managers
  readonly #response: AuthnResponse
  readonly step: AgentStep

  private constructor(managers: Managers, response: AuthnResponse) {
    this.#managers = managers
    this.#response = response
    this.step = stepOf(response)
  }

  /** @internal */
  static from(managers: Managers, answer: ManagerAnswer): AgentDialogue {
    return new AgentDialogue(managers, read(answer))
  }

  /**
   * Answers the question, or the alternative named by its method id.
   * @throws AgentClientError; RangeError when nothing is asked.
   */
  async answer(value: string, methodId?: string): Promise<AgentDialogue> {
    if (this.step.state !== 'question') throw new RangeError('The log-on is over: nothing is asked.')
    const method = methodId ?? this.step.question.methodId
    return AgentDialogue.answerAt(this.#managers, this.place, { methodId: method, value })
  }

  /** What to keep, to go on in another process. */
  get place(): DialoguePlace {
    const { authnAttemptId, messageId } = this.#response.context
    return { attemptId: authnAttemptId ?? '', messageId }
  }

  /** @internal */
  static async answerAt(
    managers: Managers,
    { attemptId: authnAttemptId, messageId: inResponseTo }: DialoguePlace,
    { methodId, value }: MethodAnswer,
  ): Promise<AgentDialogue> {
    const answer = await managers.post('verify', {
      subjectCredentials: [{ methodId, collectedInputs: [{ name: methodId, value, dataType: 'STRING' }] }],
      context: { authnAttemptId, messageId: randomUUID(), inResponseTo },
    })
    return AgentDialogue.from(managers, answer)
  }

  /** The user gives up: nothing of this attempt is taken any more. */
  async cancel(): Promise<void> {
    const { authnAttemptId } = this.#response.context
    if (this.step.state !== 'question' || authnAttemptId === null) return
    await this.#managers.post('cancel', { authnAttemptId, reason: 'USER_ACTION', removeAttemptId: true })
  }
}

function read({ status, body }: ManagerAnswer): AuthnResponse {
  if (status === 401 || status === 403) {
    throw new AgentClientError('CLIENT_NOT_AUTHORIZED', 'The manager does not know this client id and client key.')
  }
  const response = authnResponseSchema.safeParse(body)
  if (!response.success) {
    throw new AgentClientError(
      'ANSWER_NOT_UNDERSTOOD',
      `The manager's answer (status ${status}) is none of the agent API.`,
    )
  }
  const { attemptResponseCode, attemptReasonCode } = response.data
  if (attemptResponseCode === 'ERROR' || attemptResponseCode === 'IN_PROCESS') {
    throw new AgentClientError('ATTEMPT_DEAD', `The attempt cannot go on: ${attemptReasonCode}. Begin again.`, {
      reasonCode: attemptReasonCode,
    })
  }
  return response.data
}

function stepOf({ attemptResponseCode, challengeMethods, credentialValidationResults }: AuthnResponse): AgentStep {
  if (attemptResponseCode === 'SUCCESS') return { state: 'accepted', groups: groupsIn(credentialValidationResults) }
  if (attemptResponseCode !== 'CHALLENGE') return { state: 'denied' }
  const wrong = credentialValidationResults[0]?.methodResponseCode === 'FAIL'
  const [question, ...alternatives] = (challengeMethods?.challenges ?? []).flatMap(({ requiredMethods }) => {
    const method = requiredMethods[0]
    const prompt = method?.versions[0]?.prompt
    return method === undefined || prompt === undefined ? [] : [questionOf(method.methodId, prompt, wrong)]
  })
  if (question === undefined) {
    throw new AgentClientError('ANSWER_NOT_UNDERSTOOD', 'The manager asks for something without saying what.')
  }
  return { state: 'question', question, alternatives }
}

function groupsIn(results: AuthnResponse['credentialValidationResults']): readonly string[] {
  return results.flatMap(({ authnAttributes }) =>
    authnAttributes.filter(({ name }) => name === GROUP_ATTRIBUTE).map(({ value }) => String(value)),
  )
}

function questionOf(methodId: string, prompt: MethodPrompt, previousAnswerWrong: boolean): AgentQuestion {
  const kind = KINDS[methodId] ?? 'other'
  return {
    kind,
    methodId,
    text: prompt.defaultText,
    sensitive: prompt.sensitive,
    askTwice: prompt.valueBeingDefined,
    minLength: prompt.minLength,
    maxLength: prompt.maxLength,
    formatRegex: prompt.formatRegex,
    details: prompt.promptArgs,
    systemPin: kind === 'system-pin' ? (prompt.promptArgs[0] ?? null) : null,
    previousAnswerWrong,
  }
}
