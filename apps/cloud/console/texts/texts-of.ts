import { pageLanguage, type PageLanguage } from '@driftlock/http'
import type { FastifyRequest } from 'fastify'
import { cookieOf } from '../../serve/cookies.ts'
import { DE } from './de.ts'
import { type ConsoleTexts, EN } from './en.ts'

/** The same name as in a manager's consoles: whoever chose a language there has chosen it. */
export const LANGUAGE_COOKIE = 'driftlock-language'

const TEXTS: Readonly<Record<PageLanguage, ConsoleTexts>> = { en: EN, de: DE }

/** The language of a request's page, and whether it was just chosen. */
export function languageOf(request: FastifyRequest): ReturnType<typeof pageLanguage> {
  const { lang } = request.query as { lang?: unknown } // as it came
  return pageLanguage({
    asked: typeof lang === 'string' ? lang : undefined,
    remembered: cookieOf(request, LANGUAGE_COOKIE),
    accepted: request.headers['accept-language'],
  })
}

export function textsOf(request: FastifyRequest): ConsoleTexts {
  return TEXTS[languageOf(request).language]
}
