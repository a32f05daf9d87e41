import { type AuditRecord, requireService } from '@driftlock/application'
import { AUDIT_ACTIONS, type AuditAction } from '@driftlock/domain'
import { type Html, html, type PageLanguage } from '@driftlock/http'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type ConsoleParts, frameOf, queryField, sendPage, signedIn, signedInAt } from './exchange.ts'
import { companyPath } from './page.ts'
import { instantText, nextLink, plain, state, table } from './parts.ts'
import { GERMAN_ACTIONS } from './texts/german-audit.ts'
import { languageOf, textsOf } from './texts/texts-of.ts'

const ROWS_ON_A_PAGE = 50

/** The audit log of a company, and of the whole service for those who serve it. */
export function auditPages(app: FastifyInstance, parts: ConsoleParts): void {
  const { auditLog } = parts.cloud.cloud.read
  app.get('/companies/:companyId/audit', async (request, reply) => {
    const at = await signedInAt(parts, request)
    const { items, next } = await auditLog.search({ securityDomainIds: [at.company.id] }, pageOf(request))
    const { frame, audit: texts } = textsOf(request)
    const body = html`${auditTable(request, items)}
${nextLink(companyPath(at.company, 'audit'), {}, { next, text: frame.next })}`
    return sendPage(reply, frameOf(at, 'audit'), { title: texts.title, body })
  })
  app.get('/audit', async (request, reply) => {
    const { administrator, context } = await signedIn(parts, request)
    requireService(context)
    const { items, next } = await auditLog.search({}, pageOf(request))
    const companies = await parts.cloud.cloud.read.companies()
    const names = new Map(companies.map(({ id, displayName }) => [id, displayName]))
    const { frame, audit: texts } = textsOf(request)
    const body = html`${auditTable(request, items, names)}
${nextLink('/audit', {}, { next, text: frame.next })}`
    return sendPage(reply, { administrator }, { title: texts.serviceTitle, body })
  })
}

function pageOf(request: FastifyRequest) {
  const after = queryField(request, 'after')
  return { limit: ROWS_ON_A_PAGE, ...(after !== undefined && { after }) }
}

/** @param companies Names by id where the list is of several; what concerns none of them has none. */
function auditTable(
  request: FastifyRequest,
  items: readonly AuditRecord[],
  companies?: ReadonlyMap<string, string>,
): Html {
  const { audit: texts } = textsOf(request)
  const { language } = languageOf(request)
  const ofCompany = (id = ''): readonly Html[] => (companies === undefined ? [] : [plain(companies.get(id) ?? '')])
  const rows = items.map(({ entry }) => [
    instantText(entry.at),
    plain(actionText(entry.action, language)),
    entry.outcome === 'failure'
      ? state(entry.reason, 'bad')
      : state(entry.reason === 'done' ? texts.done : entry.reason),
    plain(entry.actor.name),
    plain(entry.username ?? ''),
    plain(entry.tokenSerial ?? ''),
    ...ofCompany(entry.securityDomainId),
  ])
  const own = companies === undefined ? [] : [texts.company]
  const head = [texts.when, texts.what, texts.result, texts.who, texts.user, texts.serial, ...own]
  return table(texts.title, { head, rows, empty: texts.empty })
}

/** The list of actions is one for managers and the cloud; here everything is the cloud's. */
function actionText(action: AuditAction, language: PageLanguage): string {
  const english = AUDIT_ACTIONS[action].text.replace(/^Cloud: /, '')
  const text = language === 'de' ? (GERMAN_ACTIONS[action] ?? english) : english
  return text.charAt(0).toUpperCase() + text.slice(1)
}
