import { logOffCloudAdministrator, logOnCloudAdministrator, useCloudSetUpCode } from '@driftlock/application'
import { AddressBudget, ApiError, html, refuseCrossSite } from '@driftlock/http'
import { ApplicationError } from '@driftlock/application'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { originOf } from '../admin-api/exchange.ts'
import { sessionCookieName, sessionSecret } from '../admin-api/administrator-door.ts'
import { type ConsoleParts, formField, goTo, sendPage } from './exchange.ts'
import { field, form } from './parts.ts'

const NAME = field({ name: 'name', label: 'Administrator', autocomplete: 'username' })

export function logOnPages(app: FastifyInstance, { cloud, options }: ConsoleParts): void {
  const budget = new AddressBudget({ perMinute: options.logOnsPerAddressAndMinute, clock: cloud.clock })
  const admit = (request: FastifyRequest): void => {
    refuseCrossSite(request)
    if (budget.isSpent(request.ip)) throw new ApiError('TOO_MANY_REQUESTS', { retryAfterSeconds: 60 })
    budget.spend(request.ip)
  }
  app.get('/log-on', (_request, reply) => logOnPage(reply))
  app.post('/log-on', async (request, reply) => {
    admit(request)
    const [name, password] = [formField(request, 'name'), formField(request, 'password')]
    const given = { name, password, tokencode: formField(request, 'tokencode').trim() }
    const logged = await logOnCloudAdministrator(cloud, originOf(request), given)
    if (logged === undefined) {
      return logOnPage(reply.code(401), 'Access denied. Check name, password and tokencode, then try again.')
    }
    return goTo(setSession(request, reply, logged.secret), '/')
  })
  app.get('/set-up', (_request, reply) => setUpPage(reply))
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
      return setUpPage(
        reply.code(isCode ? 401 : 422),
        isCode
          ? 'Name and set-up code do not fit, or the code is too old.'
          : 'The password needs 12 characters or more.',
      )
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

function logOnPage(reply: FastifyReply, failure?: string): FastifyReply {
  const password = field({ name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password' })
  const tokencode = field({
    name: 'tokencode',
    label: 'Tokencode',
    required: false,
    autocomplete: 'one-time-code',
    help: 'Only if your app is your second factor.',
  })
  const body = html`${form({ action: '/log-on', submit: 'Log on' }, [NAME, password, tokencode])}
<p class="help"><a href="/set-up">I have a set-up code</a></p>`
  return sendPage(reply, {}, { title: 'Log on', failure, body })
}

function setUpPage(reply: FastifyReply, failure?: string): FastifyReply {
  const fields = [
    NAME,
    field({ name: 'setUpCode', label: 'Set-up code', maxlength: 64 }),
    field({
      name: 'password',
      label: 'New password',
      type: 'password',
      autocomplete: 'new-password',
      help: '12 characters or more.',
    }),
  ]
  return sendPage(
    reply,
    {},
    { title: 'Set a password', failure, body: form({ action: '/set-up', submit: 'Set password' }, fields) },
  )
}
