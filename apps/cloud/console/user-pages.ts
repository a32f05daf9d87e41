import { createCloudUser, importCloudUsers } from '@driftlock/application'
import { type Html, html } from '@driftlock/http'
import type { FastifyInstance } from 'fastify'
import { readUserList } from '../admin-api/user-list.ts'
import { type ConsoleParts, formField, frameOf, goTo, noteOf, queryField, sendPage, signedInAt } from './exchange.ts'
import { oneUserPages, stateOf } from './one-user-pages.ts'
import { companyPath } from './page.ts'
import { choiceField, facts, field, form, nextLink, plain, sentence, table } from './parts.ts'
import type { ConsoleTexts } from './texts/en.ts'
import { germanFault } from './texts/german-refusals.ts'
import { languageOf, textsOf } from './texts/texts-of.ts'

const USERS_ON_A_PAGE = 50

type UserTexts = ConsoleTexts['users']

/** The users of a company: search, creation, import; and each of them. */
export function userPages(app: FastifyInstance, parts: ConsoleParts): void {
  listRoutes(app, parts)
  importRoutes(app, parts)
  oneUserPages(app, parts)
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
    const all = textsOf(request)
    const { users: texts } = all
    const rows = items.map((user) => [
      html`<a href="/users/${user.id}">${user.attribute}</a>`,
      plain(user.displayName),
      plain(user.sourceName),
      plain(user.serial ?? texts.noApp),
      stateOf(user, now, texts),
    ])
    const search = field({ name: 'text', label: texts.searchLabel, type: 'search', value: text, required: false })
    const head = [texts.user, texts.name, texts.source, texts.app, texts.state]
    const submit = texts.search
    const body = html`${form({ action: path, method: 'get', look: 'line', submit, kind: 'secondary' }, [search])}
${table(texts.title, { head, rows, empty: text === '' ? texts.empty : texts.notFound })}
${nextLink(path, { text }, { next, text: all.frame.next })}
${await newUserForm(parts, company.id, texts)}`
    return sendPage(reply, frameOf(at, 'users'), { title: texts.title, done: noteOf(request), body })
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

async function sourceField(
  { cloud }: ConsoleParts,
  companyId: string,
  { source }: UserTexts,
): Promise<Html | undefined> {
  const choices = (await cloud.cloud.read.sources(companyId)).map(({ id, name }) => ({ value: id, text: name }))
  return choices.length === 0 ? undefined : choiceField('sourceId', source, { choices })
}

async function newUserForm(parts: ConsoleParts, companyId: string, texts: UserTexts): Promise<Html> {
  const source = await sourceField(parts, companyId, texts)
  if (source === undefined) {
    const page = html`<a href="/companies/${companyId}">${texts.statusPage}</a>`
    return html`<p>${sentence(texts.sourceFirst, { page })}</p>`
  }
  const fields = [
    source,
    field({ name: 'attribute', label: texts.user, help: texts.userHelp }),
    field({ name: 'displayName', label: texts.name, required: false }),
  ]
  return html`<h2>${texts.newTitle}</h2>${form({ action: `/companies/${companyId}/users`, submit: texts.create }, fields)}
<p class="help"><a href="/companies/${companyId}/users/import">${texts.importLink}</a></p>`
}

function importRoutes(app: FastifyInstance, parts: ConsoleParts): void {
  const path = '/companies/:companyId/users/import'
  app.get(path, async (request, reply) => {
    const at = await signedInAt(parts, request)
    const { users, import: texts } = textsOf(request)
    const source = await sourceField(parts, at.company.id, users)
    const list = html`<div><label for="list">${texts.list}</label>
<textarea id="list" name="list" rows="12" required spellcheck="false" aria-describedby="list-help"></textarea>
<p class="help" id="list-help">${texts.help}</p></div>`
    const action = `/companies/${at.company.id}/users/import`
    const body = form({ action, submit: texts.submit }, source === undefined ? [list] : [source, list])
    return sendPage(reply, frameOf(at, 'users'), { title: texts.title, body })
  })
  app.post(path, async (request, reply) => {
    const at = await signedInAt(parts, request)
    const lines = readUserList(formField(request, 'list'))
    const [companyId, sourceId] = [at.company.id, formField(request, 'sourceId')]
    const report = await importCloudUsers(parts.cloud, at.context, { companyId, sourceId, lines })
    const { import: texts } = textsOf(request)
    const inGerman = languageOf(request).language === 'de'
    const rows = report.faults.map(({ line, fault }) => [plain(line), plain(inGerman ? germanFault(fault) : fault)])
    const isCut = report.refused > report.faults.length
    const body = html`${facts([
      [texts.created, report.created],
      [texts.unchanged, report.unchanged],
      [texts.refused, report.refused],
    ])}${isCut ? html`<p>${sentence(texts.moreRefused, { count: report.faults.length })}</p>` : undefined}
${table(texts.refusedLines, { head: [texts.line, texts.cause], rows, empty: texts.allTaken })}
<p><a href="${companyPath(at.company, 'users')}">${texts.backToUsers}</a></p>`
    return sendPage(reply, frameOf(at, 'users'), { title: texts.title, body })
  })
}
