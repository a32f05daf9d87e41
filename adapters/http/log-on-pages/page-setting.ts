import type { FastifyReply, FastifyRequest } from 'fastify'
import { LANGUAGE_AGE_SECONDS, pageLanguage } from '../pages/page-language.ts'
import { basePath, type PageConsole, type PageSetting } from './page.ts'

const LONGEST_PATH = 2048

/**
 * How a page is shown: language by the link that was followed, else as chosen before, else as the browser asks; theme as
 * chosen in a console. A language that was just chosen is remembered.
 */
export function pageSetting(console: PageConsole, request: FastifyRequest, reply: FastifyReply): PageSetting {
  const { language, chosen } = pageLanguage({
    asked: fieldOf(request.query, 'lang'),
    remembered: request.cookies['driftlock-language'],
    accepted: request.headers['accept-language'],
  })
  if (chosen !== undefined) {
    reply.setCookie('driftlock-language', chosen, { path: '/', maxAge: LANGUAGE_AGE_SECONDS, sameSite: 'lax' })
  }
  const theme = request.cookies['driftlock-theme']
  return {
    console,
    language,
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
