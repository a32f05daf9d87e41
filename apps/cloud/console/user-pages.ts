import {
  CLOUD_POLICIES,
  createCloudUser,
  deleteCloudUser,
  importCloudUsers,
  offerAppRegistration,
  requireOwn,
  type ShownCloudUser,
  unlockCloudUser,
  updateCloudUser,
  requireCompany,
} from '@driftlock/application'
import { effectiveLock, type UnixMs } from '@driftlock/domain'
import { type Html, html } from '@driftlock/http'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { registrationAddress } from '../admin-api/registration-address.ts'
import { readUserList } from '../admin-api/user-list.ts'
import { serviceUrl } from '../admin-api/user-routes.ts'
import {
  type ConsoleParts,
  formField,
  frameOf,
  goTo,
  noteOf,
  queryField,
  sendPage,
  signedIn,
  signedInAt,
} from './exchange.ts'
import { companyPath } from './page.ts'
import { choiceField, confirmed, facts, field, form, instantText, nextLink, plain, state, table } from './parts.ts'
import { qrCode } from './qr-code.ts'

const USERS_ON_A_PAGE = 50

export function userPages(app: FastifyInstance, parts: ConsoleParts): void {
  listRoutes(app, parts)
  importRoutes(app, parts)
  oneUserRoutes(app, parts)
  registrationRoute(app, parts)
}

function listRoutes(app: FastifyInstance, parts: ConsoleParts): void {
  const { read } = parts.cloud.cloud
  app.get('/companies/:companyId/users', async (request, reply) => {
    const at = await signedInAt(parts, request)
    const { company } = at
    const [text = '', after] = [queryField(request, 'text'), queryField(request, 'after')]
    const page = { limit: USERS_ON_A_PAGE, ...(after !== undefined && { after }) }
    const { items, next } = await read.users({ companyId: company.id, text }, page)
    const path = companyPath(company, 'users')
    const now = parts.cloud.clock.now()
    const rows = items.map((user) => [
      html`<a href="/users/${user.id}">${user.attribute}</a>`,
      plain(user.displayName),
      plain(user.sourceName),
      plain(user.serial ?? 'no app'),
      stateOf(user, now),
    ])
    const search = field({ name: 'text', label: 'Begin of user or name', type: 'search', value: text, required: false })
    const body = html`${form({ action: path, method: 'get', look: 'line', submit: 'Search', kind: 'secondary' }, [search])}
${table('Users', { head: ['User', 'Name', 'Identity source', 'App', 'State'], rows, empty: text === '' ? 'There is no user yet.' : 'There is no such user.' })}
${nextLink(path, { text }, next)}
${await newUserForm(parts, company.id)}`
    return sendPage(reply, frameOf(at, 'users'), { title: 'Users', done: noteOf(request), body })
  })
  app.post('/companies/:companyId/users', async (request, reply) => {
    const { company, context } = await signedInAt(parts, request)
    const user = await createCloudUser(parts.cloud, context, {
      companyId: company.id,
      sourceId: formField(request, 'sourceId'),
      attribute: formField(request, 'attribute'),
      displayName: formField(request, 'displayName'),
    })
    return goTo(reply, `/users/${user.id}`, 'created')
  })
}

async function sourceField({ cloud }: ConsoleParts, companyId: string): Promise<Html | undefined> {
  const choices = (await cloud.cloud.read.sources(companyId)).map(({ id, name }) => ({ value: id, text: name }))
  return choices.length === 0 ? undefined : choiceField('sourceId', 'Identity source', { choices })
}

async function newUserForm(parts: ConsoleParts, companyId: string): Promise<Html> {
  const source = await sourceField(parts, companyId)
  if (source === undefined) {
    return html`<p>Create an identity source on the <a href="/companies/${companyId}">status page</a> first.</p>`
  }
  const fields = [
    source,
    field({
      name: 'attribute',
      label: 'User',
      help: 'The value by which managers know the user, such as the user ID.',
    }),
    field({ name: 'displayName', label: 'Name', required: false }),
  ]
  return html`<h2>New user</h2>${form({ action: `/companies/${companyId}/users`, submit: 'Create user' }, fields)}
<p class="help"><a href="/companies/${companyId}/users/import">Import a list of users</a></p>`
}

function importRoutes(app: FastifyInstance, parts: ConsoleParts): void {
  const path = '/companies/:companyId/users/import'
  app.get(path, async (request, reply) => {
    const at = await signedInAt(parts, request)
    const source = await sourceField(parts, at.company.id)
    const list = html`<div><label for="list">List</label>
<textarea id="list" name="list" rows="12" required spellcheck="false" aria-describedby="list-help"></textarea>
<p class="help" id="list-help">CSV with a header line: attribute, displayName. Users that are there already stay as they are.</p></div>`
    const action = `/companies/${at.company.id}/users/import`
    const body = form({ action, submit: 'Import' }, source === undefined ? [list] : [source, list])
    return sendPage(reply, frameOf(at, 'users'), { title: 'Import users', body })
  })
  app.post(path, async (request, reply) => {
    const at = await signedInAt(parts, request)
    const lines = readUserList(formField(request, 'list'))
    const [companyId, sourceId] = [at.company.id, formField(request, 'sourceId')]
    const report = await importCloudUsers(parts.cloud, at.context, { companyId, sourceId, lines })
    const rows = report.faults.map(({ line, fault }) => [plain(line), plain(fault)])
    const body = html`${facts([
      ['Created', report.created],
      ['Were there', report.unchanged],
      ['Refused', report.faults.length],
    ])}${table('Refused lines', { head: ['Line', 'Cause'], rows, empty: 'Every line was taken.' })}`
    return sendPage(reply, frameOf(at, 'users'), { title: 'Import users', body })
  })
}

async function signedInAtUser(parts: ConsoleParts, request: FastifyRequest) {
  const admitted = await signedIn(parts, request)
  const { userId = '' } = request.params as { userId?: string } // named in the path
  const { read } = parts.cloud.cloud
  const user = requireOwn(admitted.context, await read.user(userId), { type: 'user', id: userId })
  return { ...admitted, user, company: await requireCompany(read, admitted.context, user.companyId) }
}

function oneUserRoutes(app: FastifyInstance, parts: ConsoleParts): void {
  const { cloud } = parts
  app.get('/users/:userId', async (request, reply) => {
    const at = await signedInAtUser(parts, request)
    const { user, company } = at
    const apps = await cloud.cloud.read.devices({ companyId: company.id, userId: user.id }, { limit: 100 })
    const rows = apps.items.map((one) => [
      plain(one.serial),
      plain(one.publicName),
      plain(one.endReason ?? one.status),
      instantText(one.lastAcceptedAt),
    ])
    const body = html`${facts([
      ['User', user.attribute],
      ['Identity source', user.sourceName],
      ['State', stateOf(user, cloud.clock.now())],
      ['App in use', user.serial ?? 'none'],
    ])}
${form({ action: `/users/${user.id}/app-registration`, submit: 'Make a registration code' })}
<h2>Apps</h2>
${table('Apps of the user', { head: ['Serial', 'Device', 'State', 'Last used'], rows, empty: 'None was registered yet.' })}
<h2>Change</h2>
${changeForms(user, cloud.clock.now())}`
    return sendPage(reply, frameOf(at, 'users'), { title: user.displayName, done: noteOf(request), body })
  })
  app.post('/users/:userId', async (request, reply) => {
    const { context, user } = await signedInAtUser(parts, request)
    await updateCloudUser(cloud, context, {
      userId: user.id,
      attribute: formField(request, 'attribute'),
      displayName: formField(request, 'displayName'),
      enabled: formField(request, 'enabled') === 'true',
    })
    return goTo(reply, `/users/${user.id}`, 'saved')
  })
  app.post('/users/:userId/unlock', async (request, reply) => {
    const { context, user } = await signedInAtUser(parts, request)
    await unlockCloudUser(cloud, context, user.id)
    return goTo(reply, `/users/${user.id}`, 'unlocked')
  })
  app.post('/users/:userId/delete', async (request, reply) => {
    const { context, user, company } = await signedInAtUser(parts, request)
    await deleteCloudUser(cloud, context, user.id)
    return goTo(reply, companyPath(company, 'users'), 'deleted')
  })
}

function changeForms(user: ShownCloudUser, now: UnixMs): Html {
  const choices = [
    { value: 'true', text: 'Enabled' },
    { value: 'false', text: 'Disabled: no log-on, and managers stop the app' },
  ]
  const fields = [
    field({ name: 'attribute', label: 'User', value: user.attribute }),
    field({ name: 'displayName', label: 'Name', value: user.displayName }),
    choiceField('enabled', 'State', { choices, value: String(user.enabled) }),
  ]
  const isLocked = effectiveLock(user.guesses, CLOUD_POLICIES.lockout, now) !== undefined
  return html`${form({ action: `/users/${user.id}`, submit: 'Save' }, fields)}
${isLocked ? form({ action: `/users/${user.id}/unlock`, submit: 'Unlock', kind: 'secondary' }) : undefined}
<h2>Delete</h2>
${confirmed('Delete this user', 'The app is revoked. This cannot be undone.', { action: `/users/${user.id}/delete`, submit: 'Delete user' })}`
}

function stateOf(user: ShownCloudUser, now: UnixMs): Html {
  if (!user.enabled) return state('disabled', 'bad')
  const lock = effectiveLock(user.guesses, CLOUD_POLICIES.lockout, now)
  return lock === undefined ? state('enabled', 'good') : state('locked', 'bad')
}

/** The code is in the answer to the form and nowhere else: no address holds it. */
function registrationRoute(app: FastifyInstance, parts: ConsoleParts): void {
  app.post('/users/:userId/app-registration', async (request, reply) => {
    const at = await signedInAtUser(parts, request)
    const { code, expiresAt } = await offerAppRegistration(parts.cloud, at.context, at.user.id)
    const service = serviceUrl(request, parts.options)
    const body = html`<p>Scan this with the authenticator app of ${at.user.displayName}, or type the code. It can be used once, until ${instantText(expiresAt)}, and is shown now only.</p>
${qrCode(registrationAddress(service, code), 'QR code for the authenticator app')}
<p>Service: ${service}</p>
<span class="code">${code}</span>
<p><a href="/users/${at.user.id}">Back to the user</a></p>`
    return sendPage(reply, frameOf(at, 'users'), { title: 'Register an app', body })
  })
}
