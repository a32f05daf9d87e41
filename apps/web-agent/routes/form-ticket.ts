import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { returnPath } from '../access/return-path.ts'
import { cookieOf, setCookie } from './cookies.ts'
import { type Exchange, hostOf } from './exchange.ts'

const ticketSchema = z.object({ id: z.string(), returnTo: z.string(), at: z.number() })

const GOOD_FOR_MS = 3_600_000
const BROWSER_VALUE = /^[\w-]{22}$/

/** What values are sealed for: this browser at this host. `undefined` = the browser has shown no cookie yet. */
export function browserBinding({ request }: Exchange): string | undefined {
  const value = cookieOf(request, 'browser')
  return value !== undefined && BROWSER_VALUE.test(value) ? `${hostOf(request)}\n${value}` : undefined
}

/** A ticket for a form that is about to be shown; the browser gets its cookie with it if it has none. */
export function giveTicket(exchange: Exchange, returnTo: string): string {
  const { parts, request, reply } = exchange
  const ticket = { id: randomBytes(16).toString('base64url'), returnTo, at: parts.nowMs() }
  const known = browserBinding(exchange)
  if (known !== undefined) return parts.seal.seal('form', known, ticket)
  const value = randomBytes(16).toString('base64url')
  setCookie(reply, 'browser', { value })
  return parts.seal.seal('form', `${hostOf(request)}\n${value}`, ticket)
}

/** @returns `undefined` for a form that was not shown to this browser, or too long ago. */
export function takeTicket(exchange: Exchange, text: string | undefined) {
  const bound = browserBinding(exchange)
  if (bound === undefined || text === undefined) return undefined
  const { seal, nowMs } = exchange.parts
  const read = ticketSchema.safeParse(seal.open('form', bound, text))
  if (!read.success || nowMs() - read.data.at > GOOD_FOR_MS) return undefined
  return { id: read.data.id, returnTo: returnPath(read.data.returnTo) }
}

/** Whether a browser says that another site sent this. Browsers that say nothing are held to the form's ticket. */
export function isCrossSite({ request }: Exchange): boolean {
  const { 'sec-fetch-site': site, origin } = request.headers
  if (typeof site === 'string' && site !== 'same-origin') return true
  if (origin === undefined || origin === 'null') return false
  return URL.parse(origin)?.hostname !== hostOf(request)
}
