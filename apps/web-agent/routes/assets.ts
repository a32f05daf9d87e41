import type { FastifyInstance, FastifyReply } from 'fastify'
import { OWN_PATH } from '../access/return-path.ts'
import { lookFor } from '../pages/look.ts'
import { LOGO_PATH, SCRIPT_PATH, STYLE_PATH } from '../pages/page.ts'
import { PAGE_SCRIPT } from '../pages/script.ts'
import { hostOf, sendEnding, type WebAgentParts } from './exchange.ts'

const FOR_AN_HOUR = 'private, max-age=3600'

/** What the pages load, and the page for whoever is refused by a proxy. */
export function assetRoutes(app: FastifyInstance, parts: WebAgentParts): void {
  const send = (reply: FastifyReply, type: string, content: string | Buffer): FastifyReply =>
    reply.type(type).header('cache-control', FOR_AN_HOUR).send(content)
  app.get(STYLE_PATH, (request, reply) => {
    const look = lookFor(parts.looks, hostOf(request))
    return send(reply, 'text/css; charset=utf-8', look?.style ?? '')
  })
  app.get(SCRIPT_PATH, (_request, reply) => send(reply, 'text/javascript; charset=utf-8', PAGE_SCRIPT))
  app.get(LOGO_PATH, (request, reply) => {
    const logo = lookFor(parts.looks, hostOf(request))?.logo
    return logo === undefined ? sendEnding({ parts, request, reply }, 'notFound') : send(reply, logo.type, logo.content)
  })
  app.get(`${OWN_PATH}/denied`, (request, reply) => sendEnding({ parts, request, reply }, 'forbidden'))
}
