import { createCompany, createSource, requireService, updateCompany } from '@driftlock/application'
import { formatMarker, START_MARKER } from '@driftlock/contracts'
import { type Html, html } from '@driftlock/http'
import type { FastifyInstance } from 'fastify'
import { type ConsoleParts, formField, frameOf, goTo, noteOf, sendPage, signedIn, signedInAt } from './exchange.ts'
import { companyPath } from './page.ts'
import { facts, field, form, instantText, plain, state, table } from './parts.ts'

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
    const rows = (await read.companies()).map((company) => [
      html`<a href="${companyPath(company, 'status')}">${company.displayName}</a>`,
      plain(company.name),
      company.haEnabled ? state('on', 'good') : state('off'),
      instantText(company.createdAt),
    ])
    const body = html`${table('Companies', { head: ['Company', 'Short name', 'High availability', 'Created'], rows, empty: 'There is no company yet.' })}
<h2>New company</h2>
${form({ action: '/companies', submit: 'Create company' }, [
  field({
    name: 'name',
    label: 'Short name',
    maxlength: 63,
    help: 'Letters, digits, points and hyphens; people type it at log-ons.',
  }),
  field({ name: 'displayName', label: 'Name', required: false }),
])}`
    return sendPage(reply, { administrator }, { title: 'Companies', done: noteOf(request), body })
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
    const body = html`${facts([
      ['Users', users],
      ['Apps in use', activeApps],
      ['Connected managers', managers.length],
      ['High availability', company.haEnabled ? state('on', 'good') : state('off')],
      ['Last change', latest === undefined ? plain('none') : instantText(latest.changeTimeMs)],
      ['Marker of the feed', latest === undefined ? START_MARKER : formatMarker(latest)],
    ])}
${highAvailability(company.id, company.haEnabled)}
<h2>Identity sources</h2>
${table('Identity sources', { head: ['Name'], rows: sources.map(({ name }) => [plain(name)]), empty: 'There is none yet: users belong to one.' })}
${form({ action: `/companies/${company.id}/sources`, look: 'line', submit: 'Add source', kind: 'secondary' }, [field({ name: 'name', label: 'New identity source' })])}`
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

function highAvailability(companyId: string, isOn: boolean): Html {
  const action = `/companies/${companyId}/high-availability`
  const wanted = html`<input type="hidden" name="enabled" value="${isOn ? 'false' : 'true'}">`
  return isOn
    ? form({ action, submit: 'Switch high availability off', kind: 'danger' }, [wanted])
    : form({ action, submit: 'Switch high availability on' }, [wanted])
}
