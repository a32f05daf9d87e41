import { type Company, requireCompany } from '@driftlock/application'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AdminApiOptions } from '../admin-api/exchange.ts'
import { type Admitted, admittedAdministrator } from '../admin-api/administrator-door.ts'
import type { Cloud } from '../instance/open-cloud.ts'
import { type PageContent, type PageFrame, renderPage, type Section } from './page.ts'

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

export function sendPage(reply: FastifyReply, frame: PageFrame, content: PageContent): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(renderPage(frame, content))
}

/** 303: whatever was sent, the next page is fetched. */
export function goTo(reply: FastifyReply, address: string, note?: NoteName): FastifyReply {
  return reply.redirect(note === undefined ? address : `${address}?done=${note}`, 303)
}

/** What was done, as the next page says it. A page says nothing else that its address brings. */
const NOTES = {
  saved: 'Saved.',
  created: 'Created.',
  'ha-on': 'High availability is on: connected managers can fetch the records.',
  'ha-off': 'High availability is off: managers get no records any more.',
  unlocked: 'The user is unlocked.',
  deleted: 'The user is deleted, and the app revoked.',
  revoked: 'Revoked. Managers learn of it with their next synchronisation.',
  disconnected: 'The manager is disconnected: its requests are refused from now on.',
} as const satisfies Record<string, string>

export type NoteName = keyof typeof NOTES

export function noteOf(request: FastifyRequest): string | undefined {
  const name = queryField(request, 'done') ?? ''
  return Object.hasOwn(NOTES, name) ? NOTES[name as NoteName] : undefined // a key of that very table
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
