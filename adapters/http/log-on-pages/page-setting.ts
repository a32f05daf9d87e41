import type { FastifyReply, FastifyRequest } from 'fastify'
import { basePath, type PageConsole, type PageSetting } from './page.ts'
import type { PageLanguage } from './texts.ts'

const ONE_YEAR_SECONDS = 365 * 24 * 60 * 60
const LONGEST_PATH = 2048

/**
 * How a page is shown: language by the link that was followed, else as chosen before, else as the browser asks; theme as
 * chosen in a console. A language that was just chosen is remembered.
 */
export function pageSetting(console: PageConsole, request: FastifyRequest, reply: FastifyReply): PageSetting {
  const chosen = languageIn(fieldOf(request.query, 'lang'))
  if (chosen !== undefined) {
    reply.setCookie('driftlock-language', chosen, { path: '/', maxAge: ONE_YEAR_SECONDS, sameSite: 'lax' })
  }
  const remembered = languageIn(request.cookies['driftlock-language'])
  const theme = request.cookies['driftlock-theme']
  return {
    console,
    language: chosen ?? remembered ?? preferredLanguage(request.headers['accept-language']),
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    next: safePath(console, fieldOf(request.body, 'next') ?? fieldOf(request.query, 'next')),
    path: request.method === 'GET' ? (request.url.split('?')[0] ?? '') : `${basePath(console)}/log-on`,
  }
}

/** A text field of a parsed form or query; undefined where there is none. */
export function fieldOf(source: unknown, name: string): string | undefined {
  if (typeof source !== 'object' || source === null) return undefined
  const value: unknown = new Map<string, unknown>(Object.entries(source)).get(name)
  return typeof value === 'string' ? value : undefined
}

/** Only a path below the console itself is followed: a log-on must not send anybody to another site. */
export function safePath(console: PageConsole, wanted: string | undefined): string {
  const base = `${basePath(console)}/`
  const isOurs = wanted !== undefined && wanted.length <= LONGEST_PATH && wanted.startsWith(base)
  return isOurs && /^[\w\-./~%?&=+,:@!]*$/.test(wanted) && !wanted.includes('//') && !wanted.includes('..')
    ? wanted
    : base
}

function languageIn(value: string | undefined): PageLanguage | undefined {
  return value === 'en' || value === 'de' ? value : undefined
}

function preferredLanguage(header: string | undefined): PageLanguage {
  const tags = (header ?? '').split(',').map((part) => part.trim().slice(0, 2).toLowerCase())
  return tags.map(languageIn).find((language) => language !== undefined) ?? 'en'
}
