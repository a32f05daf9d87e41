import type { AgentClient } from '@driftlock/agent-client'
import { type AddressBudget, LANGUAGE_AGE_SECONDS, pageLanguage, type PageLanguage } from '@driftlock/http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { returnPath } from '../access/return-path.ts'
import type { AccessRule } from '../access/rules.ts'
import type { Once } from '../dialogue/once.ts'
import type { Turn } from '../dialogue/turn.ts'
import { type Look, lookFor } from '../pages/look.ts'
import { type Ending, endingPage, LOG_ON_PATH } from '../pages/message-page.ts'
import type { PageSetting } from '../pages/page.ts'
import type { Seal } from '../sealing/seal.ts'
import type { LogOffList } from '../session/log-off-list.ts'
import type { Client, Session, SessionKeeper } from '../session/session-keeper.ts'
import { cookieOf, setCookie } from './cookies.ts'

/** What the routes share. */
export interface WebAgentParts {
  readonly client: AgentClient
  readonly seal: Seal
  readonly sessions: SessionKeeper
  readonly logOffs: LogOffList
  readonly rules: readonly AccessRule[]
  readonly looks: readonly Look[]
  readonly once: Once<Turn>
  readonly attempts: { readonly byAddress: AddressBudget; readonly byUser: AddressBudget }
  /** Milliseconds since the epoch. */
  readonly nowMs: () => number
}

/** One request and its answer. */
export interface Exchange {
  readonly parts: WebAgentParts
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** The host as the Host header names it: a proxy passes it on, and no other header can be put beside it from outside. */
export function hostOf({ headers }: FastifyRequest): string {
  return (headers.host ?? '').toLowerCase().replace(/:\d+$/, '').replace(/\.$/, '')
}

export function clientOf(request: FastifyRequest, host = hostOf(request)): Client {
  return {
    host,
    // Worked out where a session is bound to it, and only there.
    get address() {
      return request.ip
    },
  }
}

export function sessionOf({ parts, request }: Exchange): Session | undefined {
  return parts.sessions.read(cookieOf(request, 'session'), clientOf(request), parts.nowMs())
}

/** A text field of a form or query; undefined where there is none. */
export function fieldOf(source: unknown, name: string): string | undefined {
  if (typeof source !== 'object' || source === null) return undefined
  const value: unknown = Object.getOwnPropertyDescriptor(source, name)?.value
  return typeof value === 'string' ? value : undefined
}

/** How pages are shown here: language by the link followed, else as chosen before, else as the browser asks. */
export function pageSetting({ parts, request, reply }: Exchange): PageSetting {
  const look = lookFor(parts.looks, hostOf(request))
  if (look === undefined) throw new Error('looks: there is none for every host')
  const wishes = {
    asked: fieldOf(request.query, 'lang'),
    remembered: cookieOf(request, 'language'),
    accepted: request.headers['accept-language'],
  }
  const { language, chosen } = pageLanguage(wishes, look.languages)
  if (chosen !== undefined) setCookie(reply, 'language', { value: chosen, maxAgeSeconds: LANGUAGE_AGE_SECONDS })
  const path = request.method === 'GET' ? (request.url.split('?')[0] ?? '/') : LOG_ON_PATH
  const to = returnPath(fieldOf(request.query, 'to'))
  const addressIn = (one: PageLanguage): string => {
    const search = new URLSearchParams({ lang: one, ...(to !== '/' && { to }) })
    return `${path}?${search.toString()}`
  }
  return { look, language, addressIn }
}

export function sendPage({ reply }: Exchange, page: string, status = 200): FastifyReply {
  return reply.code(status).type('text/html; charset=utf-8').header('cache-control', 'no-store').send(page)
}

export function sendEnding(
  exchange: Exchange,
  ending: Ending,
  more: { readonly returnTo?: string; readonly retry?: 'step' } = {},
) {
  const { returnTo = '/', retry } = more
  const options = { returnTo, requestId: exchange.request.id, ...(retry !== undefined && { retry }) }
  const { status, page } = endingPage(pageSetting(exchange), ending, options)
  return sendPage(exchange, page, status)
}

export function logOnAddress(returnTo: string): string {
  return returnTo === '/' ? LOG_ON_PATH : `${LOG_ON_PATH}?${new URLSearchParams({ to: returnTo }).toString()}`
}

/** 303: whatever was sent, the next page is fetched. */
export function goTo({ reply }: Exchange, address: string): FastifyReply {
  return reply.header('cache-control', 'no-store').redirect(address, 303)
}
