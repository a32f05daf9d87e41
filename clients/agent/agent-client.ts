import { randomUUID } from 'node:crypto'
import { METHOD_IDS } from '@driftlock/contracts'
import { AgentDialogue, type AgentQuestion, type DialoguePlace, type MethodAnswer } from './agent-dialogue.ts'
import { Managers } from './managers.ts'

export interface AgentClientOptions {
  /** Addresses of the managers up to and with `/mfa/v1_1`, the preferred one first. */
  readonly urls: readonly string[]
  /** Name of the agent record. */
  readonly clientId: string
  /** Keep it out of logs and arguments. */
  readonly clientKey: string
  /** Milliseconds one manager is given to answer; absent = 10 000. */
  readonly timeoutMs?: number
}

export interface BeginOptions {
  /** Sent along, so that most log-ons take one call. */
  readonly passcode?: string
  /** Seconds the attempt waits for each answer; absent = 180. */
  readonly attemptTimeoutSeconds?: number
}

/** Asks the user. `undefined` = the user gave up. */
export type Answerer = (question: AgentQuestion) => Promise<string | undefined>

/** An authentication agent: `begin`, then `answer` until the dialogue is over; or `logOn`, which does both. */
export class AgentClient {
  readonly #managers: Managers
  readonly #clientId: string

  constructor({ urls, clientId, clientKey, timeoutMs = 10_000 }: AgentClientOptions) {
    this.#managers = new Managers({ urls, clientKey, timeoutMs })
    this.#clientId = clientId
  }

  /** Begins a log-on. @throws AgentClientError. */
  async begin(username: string, options: BeginOptions = {}): Promise<AgentDialogue> {
    const { passcode, attemptTimeoutSeconds = 180 } = options
    const methodId = METHOD_IDS.passcode
    const answer = await this.#managers.post('initialize', {
      authnAttemptTimeout: attemptTimeoutSeconds,
      clientId: this.#clientId,
      subjectName: username,
      lang: 'en_US',
      keepAttempt: false,
      context: { authnAttemptId: '', messageId: randomUUID(), inResponseTo: '' },
      ...(passcode !== undefined && {
        subjectCredentials: [{ methodId, collectedInputs: [{ name: methodId, value: passcode, dataType: 'STRING' }] }],
      }),
    })
    return AgentDialogue.from(this.#managers, answer)
  }

  /**
   * Answers a log-on that was begun elsewhere, by where it stood ({@link AgentDialogue.place}). Each place takes one answer.
   * @throws AgentClientError; `ATTEMPT_DEAD` when the place was answered already or grew too old.
   */
  answerAt(place: DialoguePlace, answer: MethodAnswer): Promise<AgentDialogue> {
    return AgentDialogue.answerAt(this.#managers, place, answer)
  }

  /** The user gives up a log-on that was begun elsewhere. @throws AgentClientError. */
  async cancelAt({ attemptId: authnAttemptId }: DialoguePlace): Promise<void> {
    await this.#managers.post('cancel', { authnAttemptId, reason: 'USER_ACTION', removeAttemptId: true })
  }

  /** A whole log-on: puts every question to `ask` until the user is in or is not. @throws AgentClientError. */
  async logOn(username: string, ask: Answerer): Promise<'accepted' | 'denied'> {
    let dialogue = await this.begin(username)
    while (dialogue.step.state === 'question') {
      const answer = await ask(dialogue.step.question)
      if (answer === undefined) {
        await dialogue.cancel()
        return 'denied'
      }
      dialogue = await dialogue.answer(answer)
    }
    return dialogue.step.state
  }
}
