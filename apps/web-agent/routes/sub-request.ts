import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { OWN_PATH, returnPath } from '../access/return-path.ts'
import { judgeVisit, type Verdict } from '../access/rules.ts'
import { cookieOf, setCookie } from './cookies.ts'
import { clientOf, hostOf, logOnAddress, sendEnding, type WebAgentParts } from './exchange.ts'

/** What a proxy asks about, in the headers or the address it asks with. */
interface Asked {
  readonly host: string
  /** Path and query as the browser sent them; `undefined` = the proxy did not say. */
  readonly target: string | undefined
  /** What redirects begin with; absent = they are paths. */
  readonly site?: string
}

/**
 * The sub-requests of proxies: may this request pass, and whose is it? Answered from the sealed cookie alone. Each way of
 * asking reads the headers its proxies overwrite and no others, so that none can be slipped in from outside.
 */
export function subRequestRoutes(app: FastifyInstance, parts: WebAgentParts): void {
  // A page makes dozens of these, all from the proxy's address: none is counted, and they share one logger.
  app.setChildLoggerFactory((logger) => logger)
  // nginx auth_request, HAProxy: they make redirects of 401 themselves.
  app.all(`${OWN_PATH}/check`, { config: { isVerdict: true, rateLimit: false } }, (request, reply) => {
    const { 'x-original-uri': target } = request.headers
    return answer({ parts, request, reply }, { host: hostOf(request), target: one(target) }, 'status')
  })
  // Caddy forward_auth, Traefik forwardAuth: the answer is passed on to the browser.
  app.all(`${OWN_PATH}/forward`, { config: { rateLimit: false } }, (request, reply) => {
    const { 'x-forwarded-uri': target } = request.headers
    const host = request.hostname.toLowerCase().replace(/\.$/, '')
    // Traefik takes a path for one of the agent's own address, so it is told the whole address as the browser has it.
    const site = `${request.protocol}://${request.host}`
    return answer({ parts, request, reply }, { host, target: one(target), site }, 'page')
  })
  // Envoy ext_authz over HTTP: the path is appended to ours.
  app.all(`${OWN_PATH}/envoy/*`, { config: { rateLimit: false } }, (request, reply) => {
    const target = request.url.slice(`${OWN_PATH}/envoy`.length)
    return answer({ parts, request, reply }, { host: hostOf(request), target }, 'page')
  })
}

interface SubRequest {
  readonly parts: WebAgentParts
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

function answer(exchange: SubRequest, { host, target, site = '' }: Asked, refusal: 'status' | 'page'): FastifyReply {
  const { parts, request, reply } = exchange
  if (target === undefined) {
    request.log.error('a sub-request does not say which path it is about: check the configuration of the proxy')
    return reply.code(403).send()
  }
  const nowMs = parts.nowMs()
  const client = clientOf(request, host)
  const session = parts.sessions.read(cookieOf(request, 'session'), client, nowMs)
  const verdict = judgeVisit(parts.rules, { host, target, visitor: session, nowMs })
  // Always sent, if need be empty: whatever the browser sent under these names is overwritten by them.
  void reply
    .header('remote-user', session === undefined ? '' : headerText(session.username))
    .header('remote-groups', session === undefined ? '' : session.groups.map(headerText).join(','))
  if (verdict !== 'let-in') return refuse(exchange, { verdict, target, refusal, site })
  const renewed = session && parts.sessions.renew(session, client, nowMs)
  if (renewed !== undefined) setCookie(reply, 'session', { value: renewed })
  return reply.code(200).send('')
}

interface Refusal {
  readonly verdict: Exclude<Verdict, 'let-in'>
  readonly target: string
  readonly site: string
  readonly refusal: 'status' | 'page'
}

function refuse(exchange: SubRequest, { verdict, target, refusal, site }: Refusal): FastifyReply {
  const { request, reply } = exchange
  if (verdict === 'forbidden') return refusal === 'status' ? reply.code(403).send() : sendEnding(exchange, 'forbidden')
  const address = logOnAddress(returnPath(target))
  if (refusal === 'status') return reply.code(401).header('x-driftlock-log-on', address).send()
  return isNavigation(request) ? reply.redirect(site + address, 303) : reply.code(401).send()
}

/** Whether a person is behind it: a script gets a status that it can understand, not a page. */
function isNavigation({ headers, method }: FastifyRequest): boolean {
  const mode = headers['sec-fetch-mode']
  const original = one(headers['x-forwarded-method']) ?? method
  if (original !== 'GET' && original !== 'HEAD') return false
  return mode === undefined ? (headers.accept ?? '').includes('text/html') : mode === 'navigate'
}

function one(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === 'string' && header !== '' ? header : undefined
}

/** Header values are ASCII without commas: everything else is percent-encoded. */
function headerText(text: string): string {
  return text.replaceAll(/[^\w .@:/\\()+-]+/gu, encodeURIComponent)
}
