import type { Endpoint } from '@driftlock/contracts'
import { problem } from '@driftlock/contracts'
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema, RouteOptions } from 'fastify'
import type { ConsoleName } from '../sessions/session-cookie.ts'
import { refuseCrossSite } from '../sessions/same-site.ts'
import type { SessionKeeper } from '../sessions/session-keeper.ts'
import type { Caller } from '../sessions/caller.ts'
import { pass } from './gate.ts'
import { beginIdempotent, type FirstTime, type IdempotencyPorts } from './idempotency.ts'
import { contentTag, requiredTag, versionOf, versionTag } from './precondition.ts'
import { ANSWERED, type Call, type Route } from './route.ts'

export interface RouteServices {
  readonly sessions: SessionKeeper
  readonly idempotency: IdempotencyPorts
  readonly console: ConsoleName
}

/** What a request carries from the gate to its handler. */
interface Carried {
  readonly caller: Caller
  firstTime?: FirstTime
}

const carried = new WeakMap<FastifyRequest, Carried>()

/** Registers routes with their schemas, gate, precondition and idempotency. */
export function registerRoutes(app: FastifyInstance, routes: readonly Route[], services: RouteServices): void {
  keepAnswers(app)
  for (const one of routes) app.route(optionsOf(one, services))
}

function optionsOf({ endpoint, handle }: Route, services: RouteServices): RouteOptions {
  const { method, path, status, stream } = endpoint
  return {
    method,
    url: path.replace(/\{(\w+)\}/g, ':$1'),
    ...(stream === 'upload' && { bodyLimit: LARGEST_UPLOAD_BYTES }),
    schema: schemaOf(endpoint),
    ...(isLogOn(endpoint) && { config: { isLogOn: true } }),
    onRequest: async (request) => {
      refuseCrossSite(request)
      const caller = await services.sessions.callerOf(request, services.console)
      pass(endpoint.access, caller)
      carried.set(request, { caller })
    },
    preHandler: async (request, reply) => repeat(endpoint, services, { request, reply }),
    handler: async (request, reply) => {
      reply.code(status).header('cache-control', 'no-store')
      const answer = await handle(callOf(endpoint, request, reply))
      if (answer === ANSWERED || reply.sent) return reply
      if (status === 204) return reply.send()
      tagAnswer(reply, answer)
      return reply.send(answer)
    },
  }
}

/** What nobody in particular may send is a password, a passcode or a set-up code. */
function isLogOn({ access, method }: Endpoint): boolean {
  return access.type === 'public' && method === 'POST'
}

/** A seed file of a million tokens has some hundred megabytes. */
const LARGEST_UPLOAD_BYTES = 2 * 1024 ** 3

function schemaOf({ params, query, body, response, status, stream, summary, tag }: Endpoint): FastifySchema {
  const answer = stream === 'events' ? 'text/event-stream' : stream === 'download' ? 'text/csv' : undefined
  return {
    summary,
    tags: [tag],
    ...(params !== undefined && { params }),
    ...(query !== undefined && { querystring: query }),
    ...(body !== undefined && { body }),
    response: {
      [status]:
        answer !== undefined
          ? { description: summary, content: { [answer]: { schema: response } } }
          : status === 204
            ? { description: 'Done' }
            : response,
      default: { description: 'Refused', content: { 'application/problem+json': { schema: problem } } },
    },
  }
}

function callOf(endpoint: Endpoint, request: FastifyRequest, reply: FastifyReply): Call {
  const { caller } = carriedBy(request)
  const version = endpoint.precondition ? requiredTag(request) : undefined
  return {
    params: request.params as undefined, // whatever the endpoint's own schema parsed
    query: request.query as undefined, // the same
    body: request.body,
    caller,
    context: caller.context,
    version: version === undefined ? undefined : taggedVersion(endpoint, version),
    request,
    reply,
  }
}

/** Endpoints without versions compare the content's tag themselves. */
function taggedVersion({ path }: Endpoint, tag: string): number | undefined {
  return path.endsWith('-settings') ? undefined : versionOf(tag)
}

function tagAnswer(reply: FastifyReply, answer: unknown): void {
  if (typeof answer !== 'object' || answer === null || reply.hasHeader('etag')) return
  const { version } = answer as { version?: unknown } // any object
  if (typeof version === 'number') reply.header('etag', versionTag(version))
  else if (reply.request.method === 'GET' && reply.request.url.split('?')[0]?.endsWith('-settings'))
    reply.header('etag', contentTag(answer))
}

async function repeat(
  { method, path, stream }: Endpoint,
  { idempotency }: RouteServices,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
): Promise<unknown> {
  const key = request.headers['idempotency-key']
  const known = carriedBy(request)
  const { caller } = known
  if (typeof key !== 'string' || method === 'GET' || caller.type === 'nobody') return undefined
  const content = { path, params: request.params, query: request.query, tag: request.headers['if-match'] }
  const begun = await beginIdempotent(idempotency, {
    callerId: caller.userId,
    key,
    request: stream === 'upload' ? content : { ...content, body: request.body },
  })
  if ('keep' in begun) {
    known.firstTime = begun
    return undefined
  }
  reply.code(begun.status).header('idempotency-replayed', 'true').header('cache-control', 'no-store')
  if (begun.etag !== undefined) reply.header('etag', begun.etag)
  if (begun.payload === '') return reply.send()
  return reply.header('content-type', begun.contentType).serializer(String).send(begun.payload)
}

/** Keeps what a first request was answered, refusals included; failures inside are forgotten. */
function keepAnswers(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    const firstTime = carried.get(request)?.firstTime
    if (firstTime === undefined) return payload
    if (reply.statusCode >= 500 || isStream(payload)) await firstTime.forget()
    else
      await firstTime.keep({
        status: reply.statusCode,
        payload: typeof payload === 'string' ? payload : '',
        contentType: String(reply.getHeader('content-type') ?? ''),
        etag: reply.getHeader('etag') as string | undefined, // set by tagAnswer
      })
    return payload
  })
}

/** An answer that is not one text cannot be kept. */
function isStream(payload: unknown): boolean {
  return payload !== null && payload !== undefined && typeof payload !== 'string'
}

function carriedBy(request: FastifyRequest): Carried {
  const found = carried.get(request)
  if (found === undefined) throw new TypeError('A request reached its handler without passing the gate.')
  return found
}
