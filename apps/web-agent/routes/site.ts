import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { requestPath } from '../access/request-path.ts'
import { DONE_PATH, OWN_PATH } from '../access/return-path.ts'
import { judgeVisit } from '../access/rules.ts'
import { donePage } from '../pages/message-page.ts'
import { setCookie } from './cookies.ts'
import {
  clientOf,
  type Exchange,
  goTo,
  hostOf,
  logOnAddress,
  pageSetting,
  sendEnding,
  sendPage,
  sessionOf,
  type WebAgentParts,
} from './exchange.ts'

export interface SiteOptions {
  /** Absent = the single page of seed 003. */
  readonly folder?: string | undefined
  readonly contentSecurityPolicy?: string | undefined
}

const SITE_POLICY = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"

/** A site of the agent's own, behind the log-on. */
export async function siteRoutes(app: FastifyInstance, parts: WebAgentParts, site: SiteOptions): Promise<void> {
  const { folder, contentSecurityPolicy = SITE_POLICY } = site
  if (folder !== undefined) {
    await app.register(fastifyStatic, { root: folder, serve: false, dotfiles: 'deny', cacheControl: false })
  }
  app.get('/*', async (request, reply) => {
    const exchange = { parts, request, reply }
    const refusal = admit(exchange)
    if (refusal !== undefined) return refusal
    const path = request.url.split('?')[0] ?? '/'
    if (path.startsWith(`${OWN_PATH}/`)) return sendEnding(exchange, 'notFound')
    if (folder !== undefined) return sendFile(exchange, folder, contentSecurityPolicy)
    return path === '/' ? sendDone(exchange) : sendEnding(exchange, 'notFound')
  })
}

async function sendFile(exchange: Exchange, folder: string, policy: string): Promise<FastifyReply> {
  const { request, reply } = exchange
  // The path that the rules judged, so that no other spelling reaches a file.
  const path = requestPath(request.url)
  if (path === undefined || path.includes('/.')) return sendEnding(exchange, 'notFound')
  const file = path.endsWith('/') ? `${path}index.html` : path
  const found = await stat(join(folder, file)).catch(() => undefined)
  if (found?.isDirectory() === true) return goTo(exchange, `${encodeURI(path)}/`)
  if (found?.isFile() !== true) return sendEnding(exchange, 'notFound')
  return reply.header('content-security-policy', policy).header('cache-control', 'no-store').sendFile(file.slice(1))
}

/** The done page, for sites whose own first page says something else. */
export function doneRoute(app: FastifyInstance, parts: WebAgentParts): void {
  app.get(DONE_PATH, (request, reply) => {
    const exchange = { parts, request, reply }
    return sessionOf(exchange) === undefined ? goTo(exchange, logOnAddress(DONE_PATH)) : sendDone(exchange)
  })
}

function sendDone(exchange: Exchange): FastifyReply {
  const session = sessionOf(exchange)
  if (session === undefined) return goTo(exchange, logOnAddress('/'))
  return sendPage(exchange, donePage(pageSetting(exchange), session.username))
}

/** @returns what to answer instead, where the visitor may not in. */
function admit(exchange: Exchange): FastifyReply | undefined {
  const { parts, request, reply } = exchange
  const session = sessionOf(exchange)
  const nowMs = parts.nowMs()
  switch (judgeVisit(parts.rules, { host: hostOf(request), target: request.url, visitor: session, nowMs })) {
    case 'forbidden':
      return sendEnding(exchange, 'forbidden')
    case 'log-on':
    case 'log-on-again':
      return goTo(exchange, logOnAddress(request.url))
    case 'let-in': {
      const renewed = session && parts.sessions.renew(session, clientOf(request), nowMs)
      if (renewed !== undefined) setCookie(reply, 'session', { value: renewed })
      return undefined
    }
  }
}
