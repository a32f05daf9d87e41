import {
  type ConnectedManager,
  offerManagerRegistration,
  requireOwn,
  revokeApp,
  revokeManager,
  requireCompany,
} from '@driftlock/application'
import { type Html, html } from '@driftlock/http'
import type { FastifyInstance } from 'fastify'
import { type ConsoleParts, frameOf, goTo, noteOf, queryField, sendPage, signedIn, signedInAt } from './exchange.ts'
import { companyPath } from './page.ts'
import {
  choiceField,
  confirmed,
  field,
  form,
  instantOrNever,
  instantText,
  nextLink,
  plain,
  sentence,
  state,
  table,
} from './parts.ts'
import type { ConsoleTexts } from './texts/en.ts'
import { textsOf } from './texts/texts-of.ts'

const ROWS_ON_A_PAGE = 50
const STATUSES = ['active', 'revoked', 'pending'] as const

/** Apps and managers of a company. */
export function connectionPages(app: FastifyInstance, parts: ConsoleParts): void {
  devicePages(app, parts)
  managerPages(app, parts)
}

function devicePages(app: FastifyInstance, parts: ConsoleParts): void {
  const { read } = parts.cloud.cloud
  app.get('/companies/:companyId/devices', async (request, reply) => {
    const at = await signedInAt(parts, request)
    const all = textsOf(request)
    const { devices: texts } = all
    const [serial = '', after] = [queryField(request, 'serial'), queryField(request, 'after')]
    const status = STATUSES.find((one) => one === queryField(request, 'status'))
    const filter = { companyId: at.company.id, serial, ...(status !== undefined && { status }) }
    const page = { limit: ROWS_ON_A_PAGE, ...(after !== undefined && { after }) }
    const { items, next } = await read.devices(filter, page)
    const path = companyPath(at.company, 'devices')
    const rows = items.map((one) => [
      plain(one.serial),
      html`<a href="/users/${one.userId}">${one.attribute}</a>`,
      plain(one.publicName),
      one.status === 'active' ? state(texts.states.active, 'good') : state(texts.states[one.endReason ?? one.status]),
      instantOrNever(one.lastAcceptedAt, all),
      one.status === 'active' ? revokeForm(one.serial, texts) : plain(''),
    ])
    const states = STATUSES.map((value) => ({ value, text: texts.states[value] }))
    const choices = [{ value: '', text: texts.all }, ...states]
    const search = [
      field({ name: 'serial', label: texts.serialLabel, type: 'search', value: serial, required: false }),
      choiceField('status', texts.state, { choices, value: status ?? '' }),
    ]
    const head = [texts.serial, texts.user, texts.device, texts.state, texts.lastUsed, texts.revoke]
    const submit = all.users.search
    const body = html`${form({ action: path, method: 'get', look: 'line', submit, kind: 'secondary' }, search)}
${table(texts.title, { head, rows, empty: texts.empty })}
${nextLink(path, { serial, status }, { next, text: all.frame.next })}`
    return sendPage(reply, frameOf(at, 'devices'), { title: texts.title, done: noteOf(request), body })
  })
  app.post<{ Params: { readonly serial: string } }>('/devices/:serial/revoke', async (request, reply) => {
    const { context } = await signedIn(parts, request)
    const { serial } = request.params
    const found = requireOwn(context, await read.deviceBySerial(serial), { type: 'app', id: serial })
    await revokeApp(parts.cloud, context, serial)
    return goTo(reply, companyPath({ id: found.companyId }, 'devices'), 'revoked')
  })
}

function revokeForm(serial: string, { revoke, revokeExplained, revokeOne }: ConsoleTexts['devices']): Html {
  const submit = sentence(revokeOne, { serial })
  return confirmed(revoke, revokeExplained, { action: `/devices/${serial}/revoke`, submit })
}

function managerPages(app: FastifyInstance, parts: ConsoleParts): void {
  const { cloud } = parts
  app.get('/companies/:companyId/managers', async (request, reply) => {
    const at = await signedInAt(parts, request)
    const all = textsOf(request)
    const { managers: texts } = all
    const managers = await cloud.cloud.read.managers(at.company.id)
    const rows = managers.map((manager) => [
      plain(manager.name),
      instantText(manager.createdAt),
      instantOrNever(manager.lastSeenAt, all),
      plain(manager.lastMarker ?? all.frame.none),
      manager.revokedAt === null ? state(texts.isConnected, 'good') : state(texts.isDisconnected),
      manager.revokedAt === null ? disconnectForm(manager, texts) : plain(''),
    ])
    const head = [texts.deployment, texts.connected, texts.lastSeen, texts.marker, texts.state, texts.disconnect]
    const action = `/companies/${at.company.id}/managers/registration`
    const body = html`${at.company.haEnabled ? undefined : html`<p>${texts.haOff}</p>`}
${table(texts.title, { head, rows, empty: texts.empty })}
${form({ action, submit: texts.makeCode })}`
    return sendPage(reply, frameOf(at, 'managers'), { title: texts.title, done: noteOf(request), body })
  })
  app.post('/companies/:companyId/managers/registration', async (request, reply) => {
    const at = await signedInAt(parts, request)
    const { frame, managers: texts } = textsOf(request)
    const { code, expiresAt } = await offerManagerRegistration(cloud, at.context, at.company.id)
    const body = html`<p>${texts.enter} ${sentence(frame.shownOnce, { time: instantText(expiresAt) })}</p>
<span class="code">${code}</span>
<p><a href="${companyPath(at.company, 'managers')}">${texts.back}</a></p>`
    return sendPage(reply, frameOf(at, 'managers'), { title: texts.codeTitle, body })
  })
  app.post<{ Params: { readonly managerId: string } }>('/managers/:managerId/revoke', async (request, reply) => {
    const { context } = await signedIn(parts, request)
    const { managerId } = request.params
    const found = requireOwn(context, await cloud.cloud.read.manager(managerId), { type: 'manager', id: managerId })
    const company = await requireCompany(cloud.cloud.read, context, found.companyId)
    await revokeManager(cloud, context, managerId)
    return goTo(reply, companyPath(company, 'managers'), 'disconnected')
  })
}

function disconnectForm({ id, name }: ConnectedManager, texts: ConsoleTexts['managers']): Html {
  const submit = sentence(texts.disconnectOne, { name })
  return confirmed(texts.disconnect, texts.disconnectExplained, { action: `/managers/${id}/revoke`, submit })
}
