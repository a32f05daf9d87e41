import type { FastifyInstance, FastifyReply } from 'fastify'
import { OWN_PATH } from '../access/return-path.ts'
import { LOG_OFF_PATH, loggedOffPage, logOffPage } from '../pages/message-page.ts'
import { clearCookie } from './cookies.ts'
import {
  type Exchange,
  fieldOf,
  goTo,
  pageSetting,
  sendEnding,
  sendPage,
  sessionOf,
  type WebAgentParts,
} from './exchange.ts'
import { giveTicket, isCrossSite, takeTicket } from './form-ticket.ts'

const LOGGED_OFF_PATH = `${OWN_PATH}/logged-off`

export function logOffRoutes(app: FastifyInstance, parts: WebAgentParts): void {
  app.get(LOG_OFF_PATH, (request, reply) => showLogOff({ parts, request, reply }))
  app.post(LOG_OFF_PATH, (request, reply) => takeLogOff({ parts, request, reply }))
  app.get(LOGGED_OFF_PATH, (request, reply) => {
    const exchange = { parts, request, reply }
    const isEverywhere = fieldOf(request.query, 'where') === 'everywhere'
    return sendPage(exchange, loggedOffPage(pageSetting(exchange), isEverywhere ? 'loggedOffEverywhere' : 'loggedOff'))
  })
}

function showLogOff(exchange: Exchange): FastifyReply {
  const session = sessionOf(exchange)
  const setting = pageSetting(exchange)
  if (session === undefined) return sendPage(exchange, loggedOffPage(setting, 'notLoggedOn'))
  const ticket = giveTicket(exchange, '/')
  return sendPage(exchange, logOffPage(setting, { ticket, username: session.username }))
}

async function takeLogOff(exchange: Exchange): Promise<FastifyReply> {
  const { parts, request, reply } = exchange
  const ticket = takeTicket(exchange, fieldOf(request.body, 'ticket'))
  if (isCrossSite(exchange) || ticket === undefined) return sendEnding(exchange, 'crossSite')
  const session = sessionOf(exchange)
  const isEverywhere = fieldOf(request.body, 'where') === 'everywhere'
  if (session !== undefined && isEverywhere) await parts.logOffs.logOffEverywhere(session.username, parts.nowMs())
  for (const name of ['session', 'dialogue', 'browser'] as const) clearCookie(reply, name)
  return goTo(exchange, `${LOGGED_OFF_PATH}${isEverywhere ? '?where=everywhere' : ''}`)
}
