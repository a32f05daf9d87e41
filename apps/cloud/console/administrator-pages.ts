import { type CloudAdministrator, createCloudAdministrator, removeCloudAdministrator } from '@driftlock/application'
import { type Html, html } from '@driftlock/http'
import type { FastifyInstance } from 'fastify'
import { type ConsoleParts, formField, goTo, noteOf, sendPage, signedIn } from './exchange.ts'
import { choiceField, confirmed, field, form, instantOrNever, instantText, plain, sentence, table } from './parts.ts'
import type { ConsoleTexts } from './texts/en.ts'
import { textsOf } from './texts/texts-of.ts'

/** Who administers: those of the own company, or of all and the service. */
export function administratorPages(app: FastifyInstance, parts: ConsoleParts): void {
  const { read } = parts.cloud.cloud
  app.get('/administrators', async (request, reply) => {
    const { administrator, context } = await signedIn(parts, request)
    const { authority } = context
    const allTexts = textsOf(request)
    const { administrators: texts } = allTexts
    const all = await read.companies()
    const companies = all.filter(({ id }) => authority.type === 'service' || id === authority.companyId)
    const service = authority.type === 'service' ? await read.administrators(null) : []
    const lists = await Promise.all(companies.map(({ id }) => read.administrators(id)))
    const rows = [...service, ...lists.flat()].map((one) => [
      plain(one.name),
      plain(companies.find(({ id }) => id === one.companyId)?.displayName ?? texts.wholeService),
      plain(one.secondFactorUserId === null ? texts.no : texts.yes),
      instantText(one.createdAt),
      instantOrNever(one.lastLogOnAt, allTexts),
      one.id === administrator.id ? plain('') : removeForm(one, texts),
    ])
    const choices = companies.map(({ id, displayName }) => ({ value: id, text: displayName }))
    const whole = authority.type === 'service' ? [{ value: '', text: texts.wholeService }] : []
    const fields = [
      field({ name: 'name', label: texts.name, help: texts.nameHelp }),
      choiceField('companyId', texts.for, { choices: [...choices, ...whole] }),
    ]
    const head = [texts.name, texts.for, texts.secondFactor, texts.created, texts.lastLogOn, texts.remove]
    const body = html`${table(texts.title, { head, rows, empty: '' })}
<h2>${texts.newTitle}</h2>
${form({ action: '/administrators', submit: texts.create }, fields)}`
    return sendPage(reply, { administrator }, { title: texts.title, done: noteOf(request), body })
  })
  app.post('/administrators', async (request, reply) => {
    const { administrator, context } = await signedIn(parts, request)
    const [name, companyId] = [formField(request, 'name'), formField(request, 'companyId')]
    const given = { name, companyId: companyId === '' ? null : companyId }
    const { setUpCode } = await createCloudAdministrator(parts.cloud, context, given)
    const { administrators: texts } = textsOf(request)
    const body = html`<p>${sentence(texts.giveCode, { name })}</p>
<span class="code">${setUpCode}</span>
<p><a href="/administrators">${texts.back}</a></p>`
    return sendPage(reply, { administrator }, { title: texts.createdTitle, body })
  })
  app.post<{ Params: { readonly id: string } }>('/administrators/:id/remove', async (request, reply) => {
    const { context } = await signedIn(parts, request)
    await removeCloudAdministrator(parts.cloud, context, request.params.id)
    return goTo(reply, '/administrators', 'removed')
  })
}

function removeForm({ id, name }: CloudAdministrator, texts: ConsoleTexts['administrators']): Html {
  const submit = sentence(texts.removeOne, { name })
  return confirmed(texts.remove, texts.removeExplained, { action: `/administrators/${id}/remove`, submit })
}
