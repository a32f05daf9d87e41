import { logOffCloudAdministrator, logOnCloudAdministrator, useCloudSetUpCode } from '@driftlock/application'
import { AddressBudget, ApiError, type Html, html, refuseCrossSite } from '@driftlock/http'
import { ApplicationError } from '@driftlock/application'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { originOf } from '../admin-api/exchange.ts'
import { sessionCookieName, sessionSecret } from '../admin-api/administrator-door.ts'
import { type ConsoleParts, formField, goTo, sendPage } from './exchange.ts'
import { field, form } from './parts.ts'
import type { ConsoleTexts } from './texts/en.ts'
import { textsOf } from './texts/texts-of.ts'

export function logOnPages(app: FastifyInstance, { cloud, options }: ConsoleParts): void {
  const budget = new AddressBudget({ perMinute: options.logOnsPerAddressAndMinute, clock: cloud.clock })
  const admit = (request: FastifyRequest): void => {
    refuseCrossSite(request)
    if (budget.isSpent(request.ip)) throw new ApiError('TOO_MANY_REQUESTS', { retryAfterSeconds: 60 })
    budget.spend(request.ip)
  }
  app.get('/log-on', (request, reply) => logOnPage(reply, textsOf(request)))
  app.post('/log-on', async (request, reply) => {
    admit(request)
    const [name, password] = [formField(request, 'name'), formField(request, 'password')]
    const given = { name, password, tokencode: formField(request, 'tokencode').trim() }
    const logged = await logOnCloudAdministrator(cloud, originOf(request), given)
    if (logged === undefined) {
      const texts = textsOf(request)
      return logOnPage(reply.code(401), texts, texts.logOn.denied)
    }
    return goTo(setSession(request, reply, logged.secret), '/')
  })
  app.get('/set-up', (request, reply) => setUpPage(reply, textsOf(request)))
  app.post('/set-up', async (request, reply) => {
    admit(request)
    const [name, setUpCode, password] = [
      formField(request, 'name'),
      formField(request, 'setUpCode'),
      formField(request, 'password'),
    ]
    try {
      await useCloudSetUpCode(cloud, originOf(request), { name, setUpCode, password })
    } catch (error) {
      if (!(error instanceof ApplicationError)) throw error
      const isCode = error.code === 'NOT_AUTHORISED'
      const texts = textsOf(request)
      const { codeRefused, passwordRefused } = texts.logOn
      return setUpPage(reply.code(isCode ? 401 : 422), texts, isCode ? codeRefused : passwordRefused)
    }
    const logged = await logOnCloudAdministrator(cloud, originOf(request), { name, password })
    return logged === undefined ? goTo(reply, '/log-on') : goTo(setSession(request, reply, logged.secret), '/')
  })
  app.post('/log-off', async (request, reply) => {
    refuseCrossSite(request)
    const secret = sessionSecret(request)
    if (secret !== undefined) await logOffCloudAdministrator(cloud, originOf(request), secret)
    return goTo(setSession(request, reply, undefined), '/log-on')
  })
}

/** Until the browser is closed, and no longer than the session lasts at the server. */
function setSession(request: FastifyRequest, reply: FastifyReply, secret: string | undefined): FastifyReply {
  const secure = request.protocol === 'https' ? '; Secure' : ''
  const age = secret === undefined ? '; Max-Age=0' : ''
  const value = `${sessionCookieName(request)}=${secret ?? ''}; Path=/; HttpOnly; SameSite=Strict${secure}${age}`
  return reply.header('set-cookie', value)
}

function nameField({ administrator: label }: ConsoleTexts['logOn']): Html {
  return field({ name: 'name', label, autocomplete: 'username' })
}

function logOnPage(reply: FastifyReply, { logOn }: ConsoleTexts, failure?: string): FastifyReply {
  const fields = [
    nameField(logOn),
    field({ name: 'password', label: logOn.password, type: 'password', autocomplete: 'current-password' }),
    field({
      name: 'tokencode',
      label: logOn.tokencode,
      required: false,
      autocomplete: 'one-time-code',
      help: logOn.tokencodeHelp,
    }),
  ]
  const body = html`${form({ action: '/log-on', submit: logOn.title }, fields)}
<p class="help"><a href="/set-up">${logOn.haveCode}</a></p>`
  return sendPage(reply, {}, { title: logOn.title, failure, body })
}

function setUpPage(reply: FastifyReply, { logOn }: ConsoleTexts, failure?: string): FastifyReply {
  const fields = [
    nameField(logOn),
    field({ name: 'setUpCode', label: logOn.setUpCode, maxlength: 64 }),
    field({
      name: 'password',
      label: logOn.newPassword,
      type: 'password',
      autocomplete: 'new-password',
      help: logOn.newPasswordHelp,
    }),
  ]
  const body = form({ action: '/set-up', submit: logOn.setPassword }, fields)
  return sendPage(reply, {}, { title: logOn.setUpTitle, failure, body })
}
