import { type Company, requireCompany } from '@driftlock/application'
import { LANGUAGE_AGE_SECONDS } from '@driftlock/http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AdminApiOptions } from '../admin-api/exchange.ts'
import { type Admitted, admittedAdministrator } from '../admin-api/administrator-door.ts'
import type { Cloud } from '../instance/open-cloud.ts'
import { type PageContent, type PageFrame, renderPage, type Section } from './page.ts'
import type { ConsoleTexts } from './texts/en.ts'
import { LANGUAGE_COOKIE, languageOf, textsOf } from './texts/texts-of.ts'

/** What the console's routes share. */
export interface ConsoleParts {
  readonly cloud: Cloud
  readonly options: AdminApiOptions
}

/** Whoever asks must log on first. */
export class LogOnFirst extends Error {}

/** @throws LogOnFirst when nobody is logged on. */
export async function signedIn({ cloud }: ConsoleParts, request: FastifyRequest): Promise<Admitted> {
  const admitted = await admittedAdministrator(cloud, request)
  if (admitted === undefined) throw new LogOnFirst()
  return admitted
}

export interface AtCompany extends Admitted {
  readonly company: Company
}

/** Who is logged on, at the company of the path. @throws LogOnFirst; ApplicationError `NOT_FOUND`. */
export async function signedInAt(parts: ConsoleParts, request: FastifyRequest): Promise<AtCompany> {
  const admitted = await signedIn(parts, request)
  const { companyId = '' } = request.params as { companyId?: string } // named in the path
  return { ...admitted, company: await requireCompany(parts.cloud.cloud.read, admitted.context, companyId) }
}

export function frameOf({ administrator, company }: AtCompany, section: Section): PageFrame {
  return { administrator, company, section }
}

/** A page in the language of its request; one that was just chosen is remembered. */
export function sendPage(reply: FastifyReply, frame: PageFrame, content: PageContent): FastifyReply {
  const { request } = reply
  const { language, chosen } = languageOf(request)
  if (chosen !== undefined) {
    const cookie = `${LANGUAGE_COOKIE}=${chosen}; Path=/; Max-Age=${LANGUAGE_AGE_SECONDS}; SameSite=Lax`
    void reply.header('set-cookie', cookie)
  }
  const setting = { language, texts: textsOf(request), path: pathOfPage(request) }
  return reply.type('text/html; charset=utf-8').send(renderPage(setting, frame, content))
}

/** The page's address for links to other languages; undefined where a form's answer has no address of its own. */
function pathOfPage({ method, url, server, routeOptions }: FastifyRequest): string | undefined {
  const [path = '/', query] = url.split('?')
  if (method !== 'GET') return server.hasRoute({ method: 'GET', url: routeOptions.url ?? '' }) ? `${path}?` : undefined
  const search = new URLSearchParams(query)
  for (const once of ['lang', 'done']) search.delete(once)
  return `${path}?${search.size === 0 ? '' : `${search.toString()}&`}`
}

/** 303: whatever was sent, the next page is fetched. */
export function goTo(reply: FastifyReply, address: string, note?: NoteName): FastifyReply {
  return reply.redirect(note === undefined ? address : `${address}?done=${note}`, 303)
}

export type NoteName = keyof ConsoleTexts['notes']

/** What was done, as the next page says it. A page says nothing else that its address brings. */
export function noteOf(request: FastifyRequest): string | undefined {
  const name = queryField(request, 'done') ?? ''
  const { notes } = textsOf(request)
  return Object.hasOwn(notes, name) ? notes[name as NoteName] : undefined // a key of that very table
}

/** A text field of a form; empty when there is none. */
export function formField({ body }: FastifyRequest, name: string): string {
  return textIn(body, name) ?? ''
}

export function queryField({ query }: FastifyRequest, name: string): string | undefined {
  return textIn(query, name)
}

function textIn(source: unknown, name: string): string | undefined {
  if (typeof source !== 'object' || source === null) return undefined
  const value: unknown = Object.getOwnPropertyDescriptor(source, name)?.value
  return typeof value === 'string' ? value : undefined
}
