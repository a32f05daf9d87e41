import { offerManagerRegistration, requireOwn, revokeApp, revokeManager, requireCompany } from '@driftlock/application'
import { AUDIT_ACTIONS, type AuditAction } from '@driftlock/domain'
import { html } from '@driftlock/http'
import type { FastifyInstance } from 'fastify'
import { type ConsoleParts, frameOf, goTo, noteOf, queryField, sendPage, signedIn, signedInAt } from './exchange.ts'
import { companyPath } from './page.ts'
import { choiceField, confirmed, field, form, instantText, nextLink, plain, state, table } from './parts.ts'

const ROWS_ON_A_PAGE = 50
const STATUSES = ['active', 'revoked', 'pending'] as const

/** Apps, managers and the audit log of a company. */
export function connectionPages(app: FastifyInstance, parts: ConsoleParts): void {
  devicePages(app, parts)
  managerPages(app, parts)
  auditPage(app, parts)
}

function devicePages(app: FastifyInstance, parts: ConsoleParts): void {
  const { read } = parts.cloud.cloud
  app.get('/companies/:companyId/devices', async (request, reply) => {
    const at = await signedInAt(parts, request)
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
      one.status === 'active' ? state('in use', 'good') : state(one.endReason ?? one.status),
      instantText(one.lastAcceptedAt),
      one.status === 'active' ? revokeForm(one.serial) : plain(''),
    ])
    const choices = [{ value: '', text: 'All' }, ...STATUSES.map((value) => ({ value, text: value }))]
    const search = [
      field({ name: 'serial', label: 'Begin of the serial', type: 'search', value: serial, required: false }),
      choiceField('status', 'State', { choices, value: status ?? '' }),
    ]
    const body = html`${form({ action: path, method: 'get', look: 'line', submit: 'Search', kind: 'secondary' }, search)}
${table('Apps', { head: ['Serial', 'User', 'Device', 'State', 'Last used', 'Revoke'], rows, empty: 'There is no such app.' })}
${nextLink(path, { serial, status }, next)}`
    return sendPage(reply, frameOf(at, 'devices'), { title: 'Apps', done: noteOf(request), body })
  })
  app.post<{ Params: { readonly serial: string } }>('/devices/:serial/revoke', async (request, reply) => {
    const { context } = await signedIn(parts, request)
    const { serial } = request.params
    const found = requireOwn(context, await read.deviceBySerial(serial), { type: 'app', id: serial })
    await revokeApp(parts.cloud, context, serial)
    return goTo(reply, companyPath({ id: found.companyId }, 'devices'), 'revoked')
  })
}

function revokeForm(serial: string) {
  const explanation = 'Its codes are refused from now on; the user registers a new app.'
  return confirmed('Revoke', explanation, { action: `/devices/${serial}/revoke`, submit: `Revoke ${serial}` })
}

function managerPages(app: FastifyInstance, parts: ConsoleParts): void {
  const { cloud } = parts
  app.get('/companies/:companyId/managers', async (request, reply) => {
    const at = await signedInAt(parts, request)
    const managers = await cloud.cloud.read.managers(at.company.id)
    const rows = managers.map((manager) => [
      plain(manager.name),
      instantText(manager.createdAt),
      instantText(manager.lastSeenAt),
      plain(manager.lastMarker ?? 'none'),
      manager.revokedAt === null ? state('connected', 'good') : state('disconnected'),
      manager.revokedAt === null
        ? confirmed('Disconnect', 'It gets no records any more; to connect it again takes a new code.', {
            action: `/managers/${manager.id}/revoke`,
            submit: `Disconnect ${manager.name}`,
          })
        : plain(''),
    ])
    const head = ['Deployment', 'Connected', 'Last seen', 'Marker', 'State', 'Disconnect']
    const body = html`${at.company.haEnabled ? undefined : html`<p>High availability is off: managers can connect, but get no records.</p>`}
${table('Managers', { head, rows, empty: 'No manager is connected.' })}
${form({ action: `/companies/${at.company.id}/managers/registration`, submit: 'Make a registration code' })}`
    return sendPage(reply, frameOf(at, 'managers'), { title: 'Managers', done: noteOf(request), body })
  })
  app.post('/companies/:companyId/managers/registration', async (request, reply) => {
    const at = await signedInAt(parts, request)
    const { code, expiresAt } = await offerManagerRegistration(cloud, at.context, at.company.id)
    const body = html`<p>Enter this code at the manager. It can be used once, until ${instantText(expiresAt)}, and is shown now only.</p>
<span class="code">${code}</span>
<p><a href="${companyPath(at.company, 'managers')}">Back to the managers</a></p>`
    return sendPage(reply, frameOf(at, 'managers'), { title: 'Connect a manager', body })
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

function auditPage(app: FastifyInstance, { cloud, ...parts }: ConsoleParts): void {
  app.get('/companies/:companyId/audit', async (request, reply) => {
    const at = await signedInAt({ cloud, ...parts }, request)
    const after = queryField(request, 'after')
    const page = { limit: ROWS_ON_A_PAGE, ...(after !== undefined && { after }) }
    const filter = { securityDomainIds: [at.company.id] }
    const { items, next } = await cloud.cloud.read.auditLog.search(filter, page)
    const rows = items.map(({ entry }) => [
      instantText(entry.at),
      plain(actionText(entry.action)),
      entry.outcome === 'failure' ? state(entry.reason, 'bad') : state(entry.reason),
      plain(entry.actor.name),
      plain(entry.username ?? ''),
      plain(entry.tokenSerial ?? ''),
    ])
    const head = ['When', 'What', 'Result', 'Who', 'User', 'Serial']
    const body = html`${table('Audit log', { head, rows, empty: 'Nothing is on record yet.' })}
${nextLink(companyPath(at.company, 'audit'), {}, next)}`
    return sendPage(reply, frameOf(at, 'audit'), { title: 'Audit log', body })
  })
}

/** The list of actions is one for managers and the cloud; here everything is the cloud's. */
function actionText(action: AuditAction): string {
  const text = AUDIT_ACTIONS[action].text.replace(/^Cloud: /, '')
  return text.charAt(0).toUpperCase() + text.slice(1)
}
