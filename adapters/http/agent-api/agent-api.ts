import {
  cancelAttemptSchema,
  checkStatusSchema,
  initializeSchema,
  promptResourcesQuerySchema,
  verifySchema,
} from '@driftlock/contracts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { HttpModule } from '../server/http-module.ts'
import { missingStatus } from '../server/answer-missing.ts'
import { AddressBudget } from '../server/address-budget.ts'
import type { AgentApiPorts } from './agent-api-ports.ts'
import { AgentDirectory } from './agent-directory.ts'
import { type Caller, type DialogueParts, initialiseAttempt, verifyAttempt } from './attempt-dialogue.ts'
import { AttemptRegister } from './attempt-register.ts'
import { attemptStatus, cancelAttempt } from './attempt-status.ts'
import { attemptIds } from './attempt-ticket.ts'
import { promptLanguage, promptResources } from './prompts.ts'
import { type ReasonCode, respondError } from './respond.ts'

const BASE = '/mfa/v1_1/authn'
/** With a second slash in front come calls of clients that join a base with a slash to a path with one. */
const BASES = [BASE, `/${BASE}`]
/** The largest message of §9.2 with all its ids is far below this. */
const BODY_LIMIT_OCTETS = 32_768
/** Calls with a wrong client key that one address may make in a minute before it is put off. */
const WRONG_KEYS_PER_MINUTE = 30
const LONGEST_KEY = 256

/** The SecurID Authentication API v1_1, so that agents written for it work unchanged (authentication-manager §9.2). */
export function agentApi(ports: AgentApiPorts): HttpModule {
  const ids = attemptIds(ports)
  const register = new AttemptRegister({ memory: ports.attempts, keys: ports.keys, clock: ports.clock })
  const parts: DialogueParts = { ports, ids, register }
  const gate = new AgentGate(ports)
  return {
    name: 'agent-api',
    register(app: FastifyInstance) {
      app.setErrorHandler((error, request, reply) => {
        const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
        if (status >= 500) request.log.error({ err: error }, 'agent API call failed')
        const reason = status >= 500 ? 'SYSTEM_ERROR' : 'INVALID_REQUEST'
        const message = status === 400 ? wrongBody(error) : undefined
        return refuse(reply.code(status >= 500 ? 503 : status), reason, message)
      })
      for (const prefix of BASES) refuseUnknown(app, prefix)
      // An agent speaks for all its users, so its requests are not counted; who has no key is put off by the gate.
      const options = { bodyLimit: BODY_LIMIT_OCTETS, config: { rateLimit: false as const }, onRequest: gate.putOff }
      const serve = <S extends z.ZodType>(call: string, schema: S, answer: Answer<z.infer<S>>): void => {
        const handle = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
          const read = schema.safeParse(request.body)
          if (!read.success) return refuse(reply.code(400), 'INVALID_REQUEST', faultOf(read.error))
          const entry = await gate.admit(request, agentNamedBy(ids, read.data))
          return 'refusal' in entry ? refuse(reply.code(entry.status), entry.refusal) : answer(entry.caller, read.data)
        }
        for (const base of BASES) app.post(`${base}/${call}`, options, handle)
      }
      serve('initialize', initializeSchema, (caller, message) => initialiseAttempt(parts, caller, message))
      serve('verify', verifySchema, (caller, message) => verifyAttempt(parts, caller, message))
      serve('status', checkStatusSchema, (caller, message) => attemptStatus(parts, caller, message))
      serve('cancel', cancelAttemptSchema, (caller, message) => cancelAttempt(parts, caller, message))
      app.get(`${BASE}/resources`, options, async (request, reply) => {
        const query = promptResourcesQuerySchema.safeParse(request.query)
        if (!query.success) return refuse(reply.code(400), 'INVALID_REQUEST', faultOf(query.error))
        const entry = await gate.admit(request, {})
        return 'refusal' in entry
          ? refuse(reply.code(entry.status), entry.refusal)
          : promptResources(query.data, promptLanguage(entry.caller.agent, query.data.lang))
      })
    },
  }
}

function wrongBody(error: unknown): string {
  const isEmpty = error instanceof Error && 'code' in error && error.code === 'FST_ERR_CTP_EMPTY_JSON_BODY'
  return isEmpty ? 'The body is empty.' : 'The body is no JSON.'
}

/** Calls there are not, and methods that a call is not made with, in the shape that agents read. */
function refuseUnknown(app: FastifyInstance, prefix: string): void {
  void app.register(
    async (scope) => {
      scope.setNotFoundHandler((request, reply) => {
        const status = missingStatus(request, reply)
        const message = status === 405 ? 'The call is made with another method: see Allow.' : 'There is no such call.'
        return refuse(reply.code(status), 'INVALID_REQUEST', message)
      })
    },
    { prefix },
  )
}

type Answer<M> = (caller: Caller, message: M) => Promise<unknown>

interface NamedAgent {
  readonly clientId?: string | undefined
  readonly agentId?: string | undefined
}

/** Which agent record a message is about: its own client id, or the one its attempt was begun by. */
function agentNamedBy(ids: DialogueParts['ids'], message: unknown): NamedAgent {
  if (typeof message !== 'object' || message === null) return {}
  if ('clientId' in message && typeof message.clientId === 'string') return { clientId: message.clientId }
  const attemptId: unknown =
    'authnAttemptId' in message
      ? message.authnAttemptId
      : attemptIdIn('context' in message ? message.context : undefined)
  if (typeof attemptId !== 'string' || attemptId === '') return {}
  return { agentId: ids.openId(attemptId)?.agentId }
}

function attemptIdIn(context: unknown): unknown {
  return typeof context === 'object' && context !== null && 'authnAttemptId' in context
    ? context.authnAttemptId
    : undefined
}

type Entry = { readonly caller: Caller } | { readonly refusal: ReasonCode; readonly status: number }

/** Lets in who has a client key; puts off addresses that try keys. */
class AgentGate {
  readonly #agents: AgentDirectory
  readonly #wrongKeys: AddressBudget

  constructor(ports: AgentApiPorts) {
    this.#agents = new AgentDirectory(ports)
    this.#wrongKeys = new AddressBudget({ perMinute: WRONG_KEYS_PER_MINUTE, clock: ports.clock })
  }

  /**
   * Refuses addresses that tried too many keys, before anything they send is read; an agent at work there goes on working.
   */
  readonly putOff = (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    if (this.#wrongKeys.isSpent(request.ip) && !this.#agents.isAtWork(keyOf(request) ?? '')) {
      void refuse(reply.code(429).header('retry-after', 60), 'TOO_MANY_REQUESTS')
    } else done()
  }

  async admit(request: FastifyRequest, named: NamedAgent): Promise<Entry> {
    const { ip } = request
    const clientKey = keyOf(request)
    const agent = clientKey === undefined ? undefined : await this.#agents.find({ clientKey, ...named })
    if (agent !== undefined) return { caller: { agent, address: ip, requestId: request.id } }
    this.#wrongKeys.spend(ip)
    request.log.warn({ clientId: named.clientId }, 'client key missing, wrong, or not of this agent')
    return { refusal: 'CLIENT_NOT_AUTHORIZED', status: 401 }
  }
}

function keyOf({ headers }: FastifyRequest): string | undefined {
  const clientKey = headers['client-key']
  return typeof clientKey === 'string' && clientKey.length <= LONGEST_KEY ? clientKey : undefined
}

function refuse(reply: FastifyReply, reason: ReasonCode, message?: string): FastifyReply {
  const answer = respondError({ attemptId: null, inResponseTo: null }, reason)
  return reply.send(message === undefined ? answer : { ...answer, message })
}

function faultOf(error: z.ZodError): string {
  const issue = error.issues[0]
  return issue === undefined ? 'The message is not valid.' : `${issue.path.join('.') || 'message'}: ${issue.message}`
}
