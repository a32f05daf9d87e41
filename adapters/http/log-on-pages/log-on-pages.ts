import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { HttpModule } from '../server/http-module.ts'
import {
  type EntryState,
  securityLogOnPage,
  selfServiceLogOnPage,
  setUpPage,
  troubleshootingPage,
} from './entry-pages.ts'
import type { DoorAnswer, LogOnDoor, LogOnStep } from './log-on-door.ts'
import { basePath, type PageConsole, type PageSetting, STYLE_PATH } from './page.ts'
import { fieldOf, pageSetting } from './page-setting.ts'
import { questionPage } from './question-page.ts'
import { LOG_ON_STYLE } from './style.ts'
import { textsOf } from './texts.ts'

/** One form: where it lies, how it looks, what it sends. */
interface EntryForm {
  readonly console: PageConsole
  readonly path: string
  /** Where one is after the log-on; the wanted page where absent. */
  readonly landing?: string
  render(setting: PageSetting, state: EntryState): string | Promise<string>
  stepOf(body: unknown): LogOnStep
}

/** The log-on of both consoles as plain forms: no script, so they work in every browser and behind every proxy. */
export function logOnPages(door: LogOnDoor): HttpModule {
  return {
    name: 'log-on-pages',
    async register(app) {
      if (!app.hasDecorator('parseCookie')) await app.register(cookie)
      await app.register(formbody, { bodyLimit: 16_384 })
      app.get(STYLE_PATH, (_request, reply) =>
        reply.type('text/css; charset=utf-8').header('cache-control', 'no-cache').send(LOG_ON_STYLE),
      )
      for (const form of entryForms(door)) registerForm(app, form, door)
      for (const console of ['self-service', 'security'] as const) registerAnswer(app, console, door)
    },
  }
}

function entryForms(door: LogOnDoor): readonly EntryForm[] {
  return [logOnForm(door), troubleshootingForm, administratorForm, setUpForm]
}

const text = (body: unknown, name: string) => fieldOf(body, name) ?? ''
const typedName = (body: unknown) => text(body, 'username').trim()

const logOnForm = (door: LogOnDoor): EntryForm => ({
  console: 'self-service',
  path: '/log-on',
  render: async (setting, state) => selfServiceLogOnPage(setting, await door.welcome(), state),
  stepOf: (body) => ({
    type: 'log-on',
    username: typedName(body),
    secret: text(body, 'secret'),
    // An emergency code stands in for the tokencode: to the server it is a passcode.
    method: text(body, 'method') === 'password' ? 'password' : 'passcode',
  }),
})

const troubleshootingForm: EntryForm = {
  console: 'self-service',
  path: '/troubleshooting',
  landing: `${basePath('self-service')}/troubleshoot`,
  render: troubleshootingPage,
  stepOf: (body) => ({ type: 'troubleshooting', username: typedName(body), password: text(body, 'password') }),
}

const administratorForm: EntryForm = {
  console: 'security',
  path: '/log-on',
  render: securityLogOnPage,
  stepOf: (body) => ({
    type: 'administrator',
    username: typedName(body),
    password: text(body, 'password'),
    passcode: text(body, 'passcode'),
  }),
}

const setUpForm: EntryForm = {
  console: 'security',
  path: '/set-up',
  render: setUpPage,
  stepOf: (body) => ({
    type: 'set-up',
    username: typedName(body),
    setupCode: text(body, 'setupCode').trim(),
    newPassword: text(body, 'newPassword'),
  }),
}

function registerForm(app: FastifyInstance, form: EntryForm, door: LogOnDoor): void {
  const url = `${basePath(form.console)}${form.path}`
  app.get(url, async (request, reply) => {
    const setting = pageSetting(form.console, request, reply)
    return sendPage(reply, await form.render(setting, {}))
  })
  app.post(url, { config: { isLogOn: true } }, async (request, reply) => {
    const setting = pageSetting(form.console, request, reply)
    const step = form.stepOf(request.body)
    const answer = await door.step(form.console, step, { request, reply })
    if (answer.status === 'logged-on') return reply.redirect(form.landing ?? setting.next, 303)
    if (answer.status === 'question')
      return sendPage(reply, questionPage(setting, { ...answer, username: step.username }))
    const method = fieldOf(request.body, 'method')
    const { username } = step
    const state = { ...refusalOf(setting, answer.code, request), username, ...(method && { method }) }
    return sendPage(reply, await form.render(setting, state), statusOf(answer.code))
  })
}

function registerAnswer(app: FastifyInstance, console: PageConsole, door: LogOnDoor): void {
  const url = `${basePath(console)}/log-on/answer`
  // Whoever reloads the address of a question starts again: its answer was never in the address.
  app.get(url, (_request, reply) => reply.redirect(`${basePath(console)}/log-on`, 303))
  app.post(url, { config: { isLogOn: true } }, async (request, reply) => {
    const setting = pageSetting(console, request, reply)
    const username = fieldOf(request.body, 'username') ?? ''
    const answer = await answerQuestion(console, door, { request, reply })
    if (answer.status === 'logged-on') return reply.redirect(setting.next, 303)
    if (answer.status === 'question') return sendPage(reply, questionPage(setting, { ...answer, username }))
    const state = { ...refusalOf(setting, answer.code, request), username }
    const page =
      console === 'security'
        ? securityLogOnPage(setting, state)
        : selfServiceLogOnPage(setting, await door.welcome(), state)
    return sendPage(reply, page, statusOf(answer.code))
  })
}

/** Sends the answer; the page of a new PIN asks for it twice at once, so its confirmation follows by itself. */
async function answerQuestion(
  console: PageConsole,
  door: LogOnDoor,
  exchange: { readonly request: FastifyRequest; readonly reply: FastifyReply },
): Promise<DoorAnswer> {
  const { body } = exchange.request
  const [username = '', continuation = '', answer = '', confirm] = [
    'username',
    'continuation',
    'answer',
    'confirm',
  ].map((name) => fieldOf(body, name))
  const first = await door.step(console, { type: 'answer', username, continuation, answer }, exchange)
  if (confirm === undefined || first.status !== 'question' || first.question.type !== 'confirm-pin') return first
  return door.step(console, { type: 'answer', username, continuation: first.continuation, answer: confirm }, exchange)
}

/** Neutral words, and the id under which the log says what it was. */
function refusalOf({ language }: PageSetting, code: string, { id }: FastifyRequest) {
  const { failures } = textsOf(language)
  return { failure: new Map(Object.entries(failures)).get(code) ?? failures.OTHER, reference: id }
}

function statusOf(code: string): number {
  const statuses: Readonly<Record<string, number>> = {
    TOO_MANY_REQUESTS: 429,
    LOG_ON_FAILED: 401,
    INVALID_REQUEST: 400,
  }
  return statuses[code] ?? (code === 'OTHER' ? 503 : 403)
}

function sendPage(reply: FastifyReply, page: string, status = 200): FastifyReply {
  return reply.code(status).type('text/html; charset=utf-8').header('cache-control', 'no-store').send(page)
}
