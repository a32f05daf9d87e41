import { createCloudAdministrator } from '@driftlock/application'
import { html } from '@driftlock/http'
import type { FastifyInstance } from 'fastify'
import { type ConsoleParts, formField, sendPage, signedIn } from './exchange.ts'
import { choiceField, field, form, instantText, plain, table } from './parts.ts'

/** Who administers: those of the own company, or of all and the service. */
export function administratorPages(app: FastifyInstance, parts: ConsoleParts): void {
  const { read } = parts.cloud.cloud
  app.get('/administrators', async (request, reply) => {
    const { administrator, context } = await signedIn(parts, request)
    const { authority } = context
    const all = await read.companies()
    const companies = all.filter(({ id }) => authority.type === 'service' || id === authority.companyId)
    const service = authority.type === 'service' ? await read.administrators(null) : []
    const lists = await Promise.all(companies.map(({ id }) => read.administrators(id)))
    const rows = [...service, ...lists.flat()].map((one) => [
      plain(one.name),
      plain(companies.find(({ id }) => id === one.companyId)?.displayName ?? 'the whole service'),
      plain(one.secondFactorUserId === null ? 'no' : 'yes'),
      instantText(one.createdAt),
      instantText(one.lastLogOnAt),
    ])
    const choices = companies.map(({ id, displayName }) => ({ value: id, text: displayName }))
    const whole = authority.type === 'service' ? [{ value: '', text: 'The whole service' }] : []
    const fields = [
      field({ name: 'name', label: 'Name', help: 'Unique in the service.' }),
      choiceField('companyId', 'For', { choices: [...choices, ...whole] }),
    ]
    const body = html`${table('Administrators', { head: ['Name', 'For', 'Second factor', 'Created', 'Last log-on'], rows, empty: '' })}
<h2>New administrator</h2>
${form({ action: '/administrators', submit: 'Create administrator' }, fields)}`
    return sendPage(reply, { administrator }, { title: 'Administrators', body })
  })
  app.post('/administrators', async (request, reply) => {
    const { administrator, context } = await signedIn(parts, request)
    const [name, companyId] = [formField(request, 'name'), formField(request, 'companyId')]
    const given = { name, companyId: companyId === '' ? null : companyId }
    const { setUpCode } = await createCloudAdministrator(parts.cloud, context, given)
    const body = html`<p>Give this set-up code to ${name}. It can be used once, within 24 hours, and is shown now only.</p>
<span class="code">${setUpCode}</span>
<p><a href="/administrators">Back to the administrators</a></p>`
    return sendPage(reply, { administrator }, { title: 'Administrator created', body })
  })
}
