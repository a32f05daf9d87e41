import {
  CLOUD_POLICIES,
  deleteCloudUser,
  offerAppRegistration,
  requireCompany,
  requireOwn,
  type ShownCloudUser,
  unlockCloudUser,
  updateCloudUser,
} from '@driftlock/application'
import { effectiveLock, type UnixMs } from '@driftlock/domain'
import { type Html, html } from '@driftlock/http'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { registrationAddress } from '../admin-api/registration-address.ts'
import { serviceUrl } from '../admin-api/user-routes.ts'
import { type ConsoleParts, formField, frameOf, goTo, noteOf, sendPage, signedIn } from './exchange.ts'
import { companyPath } from './page.ts'
import {
  choiceField,
  confirmed,
  facts,
  field,
  form,
  instantOrNever,
  instantText,
  plain,
  sentence,
  state,
  table,
} from './parts.ts'
import { qrCode } from './qr-code.ts'
import type { ConsoleTexts } from './texts/en.ts'
import { textsOf } from './texts/texts-of.ts'

/** One user: apps, registration codes, change and deletion. */
export function oneUserPages(app: FastifyInstance, parts: ConsoleParts): void {
  oneUserRoutes(app, parts)
  registrationRoute(app, parts)
}

/** Whether a user may log on, in a word. */
export function stateOf(user: ShownCloudUser, now: UnixMs, texts: ConsoleTexts['users']): Html {
  if (!user.enabled) return state(texts.disabled, 'bad')
  const lock = effectiveLock(user.guesses, CLOUD_POLICIES.lockout, now)
  return lock === undefined ? state(texts.enabled, 'good') : state(texts.locked, 'bad')
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
    const all = textsOf(request)
    const { users, user: texts, devices } = all
    const rows = apps.items.map((one) => [
      plain(one.serial),
      plain(one.publicName),
      plain(devices.states[one.endReason ?? one.status]),
      instantOrNever(one.lastAcceptedAt, all),
    ])
    const head = [texts.serial, texts.device, users.state, texts.lastUsed]
    const body = html`${facts([
      [users.user, user.attribute],
      [users.source, user.sourceName],
      [users.state, stateOf(user, cloud.clock.now(), users)],
      [texts.appInUse, user.serial ?? users.noApp],
    ])}
${form({ action: `/users/${user.id}/app-registration`, submit: texts.makeCode })}
<h2>${texts.apps}</h2>
${table(texts.appsOfUser, { head, rows, empty: texts.noApps })}
<h2>${texts.change}</h2>
${changeForms(user, cloud.clock.now(), all)}`
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

function changeForms(user: ShownCloudUser, now: UnixMs, { users, user: texts }: ConsoleTexts): Html {
  const choices = [
    { value: 'true', text: texts.enabled },
    { value: 'false', text: texts.disabled },
  ]
  const fields = [
    field({ name: 'attribute', label: users.user, value: user.attribute }),
    field({ name: 'displayName', label: users.name, value: user.displayName }),
    choiceField('enabled', users.state, { choices, value: String(user.enabled) }),
  ]
  const isLocked = effectiveLock(user.guesses, CLOUD_POLICIES.lockout, now) !== undefined
  const action = `/users/${user.id}`
  const submit = texts.deleteUser
  return html`${form({ action, submit: texts.save }, fields)}
${isLocked ? form({ action: `${action}/unlock`, submit: texts.unlock, kind: 'secondary' }) : undefined}
<h2>${texts.delete}</h2>
${confirmed(texts.deleteThis, texts.deleteExplained, { action: `${action}/delete`, submit })}`
}

/** The code is in the answer to the form and nowhere else: no address holds it. */
function registrationRoute(app: FastifyInstance, parts: ConsoleParts): void {
  app.post('/users/:userId/app-registration', async (request, reply) => {
    const at = await signedInAtUser(parts, request)
    const { code, expiresAt } = await offerAppRegistration(parts.cloud, at.context, at.user.id)
    const service = serviceUrl(request, parts.options)
    const { frame, user: texts } = textsOf(request)
    const scan = sentence(texts.scan, { name: at.user.displayName })
    const body = html`<p>${scan} ${sentence(frame.shownOnce, { time: instantText(expiresAt) })}</p>
${qrCode(registrationAddress(service, code), texts.qrCode)}
<p>${sentence(texts.service, { url: service })}</p>
<span class="code">${code}</span>
<p><a href="/users/${at.user.id}">${texts.back}</a></p>`
    return sendPage(reply, frameOf(at, 'users'), { title: texts.registerTitle, body })
  })
}
