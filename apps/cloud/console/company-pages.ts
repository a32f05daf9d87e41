import { type Company, createCompany, createSource, requireService, updateCompany } from '@driftlock/application'
import { formatMarker, START_MARKER } from '@driftlock/contracts'
import { type Html, html } from '@driftlock/http'
import type { FastifyInstance } from 'fastify'
import { type ConsoleParts, formField, frameOf, goTo, noteOf, sendPage, signedIn, signedInAt } from './exchange.ts'
import { companyPath } from './page.ts'
import { facts, field, form, instantText, plain, state, table } from './parts.ts'
import type { ConsoleTexts } from './texts/en.ts'
import { textsOf } from './texts/texts-of.ts'

/** The companies of the service, and the status of one. */
export function companyPages(app: FastifyInstance, parts: ConsoleParts): void {
  const { read } = parts.cloud.cloud
  app.get('/', async (request, reply) => {
    const { administrator } = await signedIn(parts, request)
    const { companyId } = administrator
    return goTo(reply, companyId === null ? '/companies' : companyPath({ id: companyId }, 'status'))
  })
  app.get('/companies', async (request, reply) => {
    const { administrator, context } = await signedIn(parts, request)
    requireService(context)
    const { companies: texts, audit } = textsOf(request)
    const rows = (await read.companies()).map((company) => [
      html`<a href="${companyPath(company, 'status')}">${company.displayName}</a>`,
      plain(company.name),
      company.haEnabled ? state(texts.on, 'good') : state(texts.off),
      instantText(company.createdAt),
    ])
    const head = [texts.company, texts.shortName, texts.highAvailability, texts.created]
    const fields = [
      field({ name: 'name', label: texts.shortName, maxlength: 63, help: texts.shortNameHelp }),
      field({ name: 'displayName', label: texts.name, required: false }),
    ]
    const body = html`${table(texts.title, { head, rows, empty: texts.empty })}
<h2>${texts.newTitle}</h2>
${form({ action: '/companies', submit: texts.create }, fields)}
<p class="help"><a href="/audit">${audit.serviceTitle}</a></p>`
    return sendPage(reply, { administrator }, { title: texts.title, done: noteOf(request), body })
  })
  app.post('/companies', async (request, reply) => {
    const { context } = await signedIn(parts, request)
    const given = { name: formField(request, 'name'), displayName: formField(request, 'displayName') }
    return goTo(reply, companyPath(await createCompany(parts.cloud, context, given), 'status'), 'created')
  })
  statusRoutes(app, parts)
}

function statusRoutes(app: FastifyInstance, parts: ConsoleParts): void {
  const { read } = parts.cloud.cloud
  app.get('/companies/:companyId', async (request, reply) => {
    const at = await signedInAt(parts, request)
    const { company } = at
    const { users, activeApps, latest } = await read.counts(company.id)
    const managers = (await read.managers(company.id)).filter(({ revokedAt }) => revokedAt === null)
    const sources = await read.sources(company.id)
    const { frame, companies, status: texts } = textsOf(request)
    const rows = sources.map(({ name }) => [plain(name)])
    const newSource = [field({ name: 'name', label: texts.newSource })]
    const body = html`${facts([
      [texts.users, users],
      [texts.apps, activeApps],
      [texts.managers, managers.length],
      [companies.highAvailability, company.haEnabled ? state(companies.on, 'good') : state(companies.off)],
      [texts.lastChange, latest === undefined ? plain(frame.none) : instantText(latest.changeTimeMs)],
      [texts.marker, latest === undefined ? START_MARKER : formatMarker(latest)],
    ])}
${highAvailability(company, texts)}
<h2>${texts.sources}</h2>
${table(texts.sources, { head: [companies.name], rows, empty: texts.noSource })}
${form({ action: `/companies/${company.id}/sources`, look: 'line', submit: texts.addSource, kind: 'secondary' }, newSource)}`
    return sendPage(reply, frameOf(at, 'status'), { title: company.displayName, done: noteOf(request), body })
  })
  app.post('/companies/:companyId/high-availability', async (request, reply) => {
    const { company, context } = await signedInAt(parts, request)
    const haEnabled = formField(request, 'enabled') === 'true'
    await updateCompany(parts.cloud, context, { companyId: company.id, haEnabled })
    return goTo(reply, companyPath(company, 'status'), haEnabled ? 'ha-on' : 'ha-off')
  })
  app.post('/companies/:companyId/sources', async (request, reply) => {
    const { company, context } = await signedInAt(parts, request)
    await createSource(parts.cloud, context, { companyId: company.id, name: formField(request, 'name') })
    return goTo(reply, companyPath(company, 'status'), 'created')
  })
}

function highAvailability({ id, haEnabled }: Company, { switchOn, switchOff }: ConsoleTexts['status']): Html {
  const action = `/companies/${id}/high-availability`
  const wanted = html`<input type="hidden" name="enabled" value="${haEnabled ? 'false' : 'true'}">`
  return haEnabled
    ? form({ action, submit: switchOff, kind: 'danger' }, [wanted])
    : form({ action, submit: switchOn }, [wanted])
}
