import { html, type HttpModule } from '@driftlock/http'
import formbody from '@fastify/formbody'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AdminApiOptions } from '../admin-api/exchange.ts'
import type { Cloud } from '../instance/open-cloud.ts'
import { cloudProblemOf } from '../serve/cloud-refusal.ts'
import { administratorPages } from './administrator-pages.ts'
import { auditPages } from './audit-pages.ts'
import { companyPages } from './company-pages.ts'
import { connectionPages } from './connection-pages.ts'
import { goTo, LogOnFirst, sendPage } from './exchange.ts'
import { logOnPages } from './log-on-pages.ts'
import { STYLE_PATH } from './page.ts'
import { sentence } from './parts.ts'
import { secondFactorPages } from './second-factor-pages.ts'
import { CONSOLE_STYLE } from './style.ts'
import { germanRefusal } from './texts/german-refusals.ts'
import { languageOf, textsOf } from './texts/texts-of.ts'
import { userPages } from './user-pages.ts'

/** A pasted list of users is the largest form. */
const FORM_LIMIT_OCTETS = 1_048_576

/** The console of the service: pages made by the server that need no script. */
export function cloudConsole(cloud: Cloud, options: AdminApiOptions): HttpModule {
  return {
    name: 'cloud-console',
    async register(app) {
      await app.register(formbody, { bodyLimit: FORM_LIMIT_OCTETS })
      app.setErrorHandler((error, request, reply) => failurePage(error, request, reply))
      app.get(STYLE_PATH, (_request, reply) =>
        reply.type('text/css; charset=utf-8').header('cache-control', 'private, max-age=3600').send(CONSOLE_STYLE),
      )
      const parts = { cloud, options }
      logOnPages(app, parts)
      companyPages(app, parts)
      userPages(app, parts)
      connectionPages(app, parts)
      auditPages(app, parts)
      administratorPages(app, parts)
      secondFactorPages(app, parts)
    },
  }
}

/** What the program was told is told here as well; the way back is the browser's. */
function failurePage(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof LogOnFirst) return goTo(reply, '/log-on')
  const problem = cloudProblemOf(error, request.id)
  const { status, code } = problem
  if (status >= 500) request.log.error({ err: error, code }, 'request failed')
  const { frame } = textsOf(request)
  const failure = languageOf(request).language === 'de' ? germanRefusal(error, problem) : problem.detail
  const startOver = html`<a href="/">${frame.startOver}</a>`
  const body = html`<p>${sentence(frame.goBack, { startOver, request: request.id })}</p>`
  return sendPage(reply.code(status), {}, { title: frame.failed, failure, body })
}
