import { randomUUID } from 'node:crypto'
import type { Agent, LoginOrigin } from '@driftlock/application'
import type { AuthnResponse, Initialize, NameValue, ResponseCode, Verify } from '@driftlock/contracts'
import { addMs, MS_PER_SECOND, type UnixMs } from '@driftlock/domain'
import type { AgentApiPorts } from './agent-api-ports.ts'
import { type AttemptRegister, LARGEST_TIMEOUT_SECONDS } from './attempt-register.ts'
import type { AttemptIds, AttemptStand, AttemptTicket } from './attempt-ticket.ts'
import { type Asked, askFirst } from './challenge-methods.ts'
import { evenRefusal } from './even-refusal.ts'
import { judgeAnswer, type Judgement } from './judge-answer.ts'
import { promptLanguage } from './prompts.ts'
import { type GivenAnswer, readCredential } from './read-credential.ts'
import { type ReasonCode, type Reply, type ReplyContent, respond, respondError } from './respond.ts'

export interface DialogueParts {
  readonly ports: AgentApiPorts
  readonly ids: AttemptIds
  readonly register: AttemptRegister
}

/** Who calls, through what. */
export interface Caller {
  readonly agent: Agent
  readonly address: string
  readonly requestId: string
}

const DEFAULT_TIMEOUT_SECONDS = 180
/** Wrong answers of one attempt; the last of them ends it. */
const WRONG_ANSWERS = 3

/** A new attempt: asks for a passcode, or judges at once what came with it. A one-step attempt has one try. */
export async function initialiseAttempt(
  parts: DialogueParts,
  caller: Caller,
  message: Initialize,
): Promise<AuthnResponse> {
  const inResponseTo = message.context.messageId
  const timeoutSeconds = message.authnAttemptTimeout ?? DEFAULT_TIMEOUT_SECONDS
  const refuse = (reason: ReasonCode) => respondError({ attemptId: null, inResponseTo }, reason)
  if (timeoutSeconds > LARGEST_TIMEOUT_SECONDS) return refuse('TIMEOUT_TOO_LARGE')
  const language = promptLanguage(caller.agent, message.lang)
  const asked = askFirst(message.authMethodId, language)
  if (asked === undefined) return refuse('METHOD_NOT_SUPPORTED')
  const credentials = message.subjectCredentials ?? []
  const given = readCredential(credentials, asked.methods)
  if (given === undefined && credentials.length > 0) return refuse('METHOD_NOT_SUPPORTED')
  const ticket = parts.ids.newTicket({
    agentId: caller.agent.id,
    subjectName: message.subjectName,
    timeoutSeconds,
    kept: message.keepAttempt ?? false,
    policyId: message.assurancePolicyId ?? null,
    language,
  })
  const stand: AttemptStand = {
    version: 0,
    wrongAnswers: 0,
    expiresAt: expiryOf(parts, ticket),
    sealedChallenge: null,
    methods: asked.methods,
    successfulMethods: [],
  }
  const attempt: Attempt = {
    parts,
    ticket,
    reply: { inResponseTo },
    sessionAttributes: message.sessionAttributes ?? [],
  }
  if (given === undefined) return ask(attempt, { ...stand, asked })
  const judgement = await judge(attempt, caller, { given, stand })
  return judgement.type === 'wrong' ? fail(attempt, stand, given) : goOn(attempt, { judgement, stand, given })
}

/** The next answer of an attempt. Its message is used up before the answer is judged: of two racing calls one is judged. */
export async function verifyAttempt(parts: DialogueParts, caller: Caller, message: Verify): Promise<AuthnResponse> {
  const { authnAttemptId: attemptId, messageId: inResponseTo, inResponseTo: answered } = message.context
  const reply = { attemptId, inResponseTo }
  const ticket = parts.ids.openId(attemptId)
  if (ticket === undefined || ticket.agentId !== caller.agent.id) return respondError(reply, 'ATTEMPT_UNKNOWN')
  const stand = parts.ids.openStand(ticket, answered)
  if (stand === undefined) return respondError(reply, 'OUT_OF_SEQUENCE')
  if (parts.ports.clock.now() >= stand.expiresAt) return respondError(reply, 'ATTEMPT_EXPIRED')
  const given = readCredential(message.subjectCredentials, stand.methods)
  if (given === undefined) return respondError(reply, 'METHOD_NOT_EXPECTED')
  const claimed = await parts.register.claim(ticket, stand)
  if (claimed === undefined) return respondError(reply, 'OUT_OF_SEQUENCE')
  const { version, sessionAttributes } = claimed
  const attempt: Attempt = { parts, ticket, reply, sessionAttributes }
  const now = { ...stand, version }
  const judgement = await judge(attempt, caller, { given, stand })
  return goOn(attempt, { judgement, stand: now, given })
}

interface Attempt {
  readonly parts: DialogueParts
  readonly ticket: AttemptTicket
  /** The id of an attempt just begun is made with its first answer. */
  readonly reply: Omit<Reply, 'attemptId'> & { readonly attemptId?: string }
  readonly sessionAttributes: readonly NameValue[]
}

interface Answered {
  readonly given: GivenAnswer
  readonly stand: AttemptStand
}

function judge({ parts, ticket }: Attempt, caller: Caller, { given, stand }: Answered): Promise<Judgement> {
  const { agent, address: clientAddress, requestId } = caller
  const actor = { type: 'agent', id: agent.id, name: agent.name } as const
  const origin: LoginOrigin = { actor, clientAddress, requestId }
  const { subjectName, language } = ticket
  const { login, clock } = parts.ports
  const answer = { subjectName, language, given, sealedChallenge: stand.sealedChallenge, origin }
  return evenRefusal(clock, () => judgeAnswer(login, answer))
}

async function goOn(attempt: Attempt, next: Answered & { readonly judgement: Judgement }): Promise<AuthnResponse> {
  const { judgement, stand, given } = next
  const { methodId } = given
  switch (judgement.type) {
    case 'accepted': {
      const groups = (await attempt.parts.ports.groupsOf?.(judgement.securityDomainId)) ?? []
      return finish(attempt, stand, {
        code: 'SUCCESS',
        reason: 'CREDENTIAL_VERIFIED',
        judged: { methodId, code: 'SUCCESS', groups },
      })
    }
    case 'goes-on': {
      const { asked, sealedChallenge } = judgement
      const successfulMethods = [...stand.successfulMethods, given.method]
      return ask(attempt, { ...stand, asked, sealedChallenge, successfulMethods }, { methodId, code: 'SUCCESS' })
    }
    case 'asked-again': {
      const { asked, sealedChallenge } = judgement
      return ask(attempt, { ...stand, asked, sealedChallenge }, { methodId, code: 'FAIL' })
    }
    case 'wrong': {
      const wrongAnswers = stand.wrongAnswers + 1
      if (wrongAnswers >= WRONG_ANSWERS) return fail(attempt, stand, given)
      const again = { ...stand, wrongAnswers, sealedChallenge: null, asked: judgement.asked }
      return ask(attempt, again, { methodId, code: 'FAIL' })
    }
    case 'over':
      return fail(attempt, stand, given)
  }
}

type Asking = Omit<AttemptStand, 'methods'> & { readonly asked: Asked }

async function ask(attempt: Attempt, asking: Asking, judged?: ReplyContent['judged']): Promise<AuthnResponse> {
  const { parts, ticket, reply } = attempt
  const { asked, ...stand } = asking
  const expiresAt = expiryOf(parts, ticket)
  const content = { code: 'CHALLENGE', reason: 'AUTHENTICATION_REQUIRED' } as const
  const version = await note(attempt, { ...stand, expiresAt, methods: asked.methods }, content)
  const messageId = parts.ids.sealStand(ticket, { ...stand, version, expiresAt, methods: asked.methods })
  const attemptId = reply.attemptId ?? parts.ids.sealId(ticket)
  return respond({ ...reply, attemptId }, { ...content, asked, messageId, ...(judged !== undefined && { judged }) })
}

function fail(attempt: Attempt, stand: AttemptStand, { methodId }: GivenAnswer): Promise<AuthnResponse> {
  return finish(attempt, stand, { code: 'FAIL', reason: 'VERIFY_ERROR', judged: { methodId, code: 'FAIL' } })
}

async function finish(
  attempt: Attempt,
  stand: AttemptStand,
  content: ReplyContent & { readonly judged: { readonly methodId: string } },
): Promise<AuthnResponse> {
  const { code, judged } = content
  const successfulMethods = code === 'SUCCESS' ? [...stand.successfulMethods, judged.methodId] : stand.successfulMethods
  const expiresAt = expiryOf(attempt.parts, attempt.ticket)
  await note(attempt, { ...stand, successfulMethods, expiresAt }, content)
  const { parts, ticket, reply } = attempt
  // What ended with its first message and is not kept leaves nothing to come back to: its id names nothing.
  const attemptId = reply.attemptId ?? (ticket.kept ? parts.ids.sealId(ticket) : randomUUID())
  return respond({ ...reply, attemptId }, content)
}

interface Noted {
  readonly code: ResponseCode
  readonly reason: ReasonCode
}

function note({ parts, ticket, sessionAttributes }: Attempt, stand: AttemptStand, { code, reason }: Noted) {
  const { successfulMethods, expiresAt } = stand
  return parts.register.note(ticket, stand.version, {
    responseCode: code,
    reasonCode: reason,
    sessionAttributes,
    successfulMethods,
    expiresAt,
    removed: false,
  })
}

function expiryOf({ ports }: DialogueParts, { timeoutSeconds }: AttemptTicket): UnixMs {
  return addMs(ports.clock.now(), timeoutSeconds * MS_PER_SECOND)
}
