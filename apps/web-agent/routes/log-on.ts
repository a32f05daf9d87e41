import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import { returnPath } from '../access/return-path.ts'
import { judgeVisit } from '../access/rules.ts'
import { beginLogOn } from '../dialogue/turn.ts'
import {
  type LogOnForm,
  logOnPage,
  SECRET_LIMIT,
  TOKEN_KINDS,
  type TokenKind,
  USERNAME_LIMIT,
} from '../pages/log-on-page.ts'
import { LOG_ON_PATH } from '../pages/message-page.ts'
import { clearCookie, cookieOf, setCookie } from './cookies.ts'
import {
  type Exchange,
  fieldOf,
  goTo,
  hostOf,
  logOnAddress,
  pageSetting,
  sendEnding,
  sendPage,
  sessionOf,
  type WebAgentParts,
} from './exchange.ts'
import { browserBinding, giveTicket, isCrossSite, takeTicket } from './form-ticket.ts'
import { openDialogueOf, takeTurn } from './take-turn.ts'

const ONE_YEAR_SECONDS = 31_536_000
const NOTE_SECONDS = 60

const noteSchema = z.object({ username: z.string(), failure: z.enum(['failedDenied', 'failedEmpty']) })

export function logOnRoutes(app: FastifyInstance, parts: WebAgentParts): void {
  app.get(LOG_ON_PATH, (request, reply) => showLogOn({ parts, request, reply }))
  app.post(LOG_ON_PATH, (request, reply) => takeLogOn({ parts, request, reply }))
}

/** The log-on form; whoever is let in already goes where they wanted to go. */
function showLogOn(exchange: Exchange): FastifyReply {
  const { parts, request } = exchange
  const returnTo = returnPath(fieldOf(request.query, 'to'))
  const visitor = sessionOf(exchange)
  if (visitor !== undefined) {
    const visit = { host: hostOf(request), target: returnTo, visitor, nowMs: parts.nowMs() }
    const verdict = judgeVisit(parts.rules, visit)
    if (verdict === 'let-in') return goTo(exchange, returnTo)
    if (verdict === 'forbidden') return sendEnding(exchange, 'forbidden')
  }
  return sendForm(exchange, { returnTo, ...takeNote(exchange) })
}

async function takeLogOn(exchange: Exchange): Promise<FastifyReply> {
  if (isCrossSite(exchange)) return sendEnding(exchange, 'crossSite')
  const { parts, request } = exchange
  const { body } = request
  const username = fieldOf(body, 'username')?.trim() ?? ''
  const passcode = fieldOf(body, 'passcode')?.trim() ?? ''
  const ticket = takeTicket(exchange, fieldOf(body, 'ticket'))
  if (ticket === undefined) {
    const returnTo = returnPath(fieldOf(request.query, 'to'))
    return sendForm(exchange, { returnTo, username: username.slice(0, USERNAME_LIMIT), failure: 'failedForm' })
  }
  const { returnTo } = ticket
  if (username === '' || passcode === '' || username.length > USERNAME_LIMIT || passcode.length > SECRET_LIMIT) {
    return refuse(exchange, returnTo, { username: username.slice(0, USERNAME_LIMIT), failure: 'failedEmpty' })
  }
  const turn = await takeTurn(exchange, {
    submission: [ticket.id, username, passcode],
    username,
    returnTo,
    work: () => beginLogOn(parts, { username, passcode, returnTo }),
  })
  return turn === 'refused' ? refuse(exchange, returnTo, { username, failure: 'failedDenied' }) : turn
}

type Note = z.infer<typeof noteSchema>

/** Back to the form by a fetch of its own, so that going back or reloading sends nothing again. */
function refuse(exchange: Exchange, returnTo: string, note: Note): FastifyReply {
  const bound = browserBinding(exchange)
  if (bound !== undefined) {
    const value = exchange.parts.seal.seal('form', bound, note)
    setCookie(exchange.reply, 'note', { value, maxAgeSeconds: NOTE_SECONDS })
  }
  return goTo(exchange, logOnAddress(returnTo))
}

function takeNote(exchange: Exchange): Partial<Note> {
  const text = cookieOf(exchange.request, 'note')
  const bound = browserBinding(exchange)
  if (text === undefined || bound === undefined) return {}
  clearCookie(exchange.reply, 'note')
  const read = noteSchema.safeParse(exchange.parts.seal.open('form', bound, text))
  return read.success ? read.data : {}
}

type Shown = Pick<LogOnForm, 'returnTo'> & Partial<Pick<LogOnForm, 'username' | 'failure'>>

function sendForm(exchange: Exchange, { returnTo, username = '', failure }: Shown): FastifyReply {
  const page = logOnPage(pageSetting(exchange), {
    ticket: giveTicket(exchange, returnTo),
    returnTo,
    username,
    failure,
    tokenKind: tokenKindOf(exchange),
    isDialogueOpen: openDialogueOf(exchange) !== undefined,
  })
  return sendPage(exchange, page)
}

/** What the user has, as chosen on the log-on page and remembered by the browser. */
export function tokenKindOf({ request, reply }: Exchange): TokenKind | undefined {
  const kindIn = (value: string | undefined) => TOKEN_KINDS.find((kind) => kind === value)
  const chosen = kindIn(fieldOf(request.query, 'token'))
  if (chosen === undefined) return kindIn(cookieOf(request, 'tokenKind'))
  setCookie(reply, 'tokenKind', { value: chosen, maxAgeSeconds: ONE_YEAR_SECONDS })
  return chosen
}
