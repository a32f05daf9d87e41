import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { Html, html } from '../markup/html.ts'
import { type PageLanguage, pageLanguage } from './page-language.ts'
import { PAGE_STYLE, productMark } from './page-look.ts'

interface Texts {
  readonly title: string
  readonly text: string
}

interface LanguageTexts {
  readonly byStatus: Readonly<Partial<Record<number, Texts>>>
  readonly other: Texts
  readonly home: string
  readonly reference: string
}

const TEXTS: Readonly<Record<PageLanguage, LanguageTexts>> = {
  en: {
    byStatus: {
      404: {
        title: 'Page not found',
        text: 'There is nothing at this address. Check how it is written, or begin at the start page.',
      },
      405: {
        title: 'That does not work here',
        text: 'The address is right, but this is not how it is used. Go back and try again, or begin at the start page.',
      },
      429: {
        title: 'Too many attempts',
        text: 'Too much came from your address, or for this user name, within a minute. Wait a minute, then go back and try again.',
      },
    },
    other: {
      title: 'Something went wrong',
      text: 'This could not be done. Go back and try again in a while; if it happens again, ask the help desk.',
    },
    home: 'Go to the start page',
    reference: 'Reference for the help desk:',
  },
  de: {
    byStatus: {
      404: {
        title: 'Seite nicht gefunden',
        text: 'Unter dieser Adresse gibt es nichts. Prüfen Sie die Schreibweise oder beginnen Sie auf der Startseite.',
      },
      405: {
        title: 'Das geht hier nicht',
        text: 'Die Adresse stimmt, wird aber anders benutzt. Gehen Sie zurück und versuchen Sie es noch einmal, oder beginnen Sie auf der Startseite.',
      },
      429: {
        title: 'Zu viele Versuche',
        text: 'Von Ihrer Adresse oder für diesen Benutzernamen kam innerhalb einer Minute zu viel. Warten Sie eine Minute, gehen Sie dann zurück und versuchen Sie es noch einmal.',
      },
    },
    other: {
      title: 'Etwas ist schiefgegangen',
      text: 'Das ging nicht. Gehen Sie zurück und versuchen Sie es nach einer Weile noch einmal; geschieht es wieder, fragen Sie den Helpdesk.',
    },
    home: 'Zur Startseite',
    reference: 'Kennung für den Helpdesk:',
  },
}

/** The page brings its style along, named by its hash: any server may show it, whatever else it serves. */
const STYLE_HASH = createHash('sha256').update(PAGE_STYLE).digest('base64')

export const REFUSAL_PAGE_POLICY = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'`

/** What a page of refusal is made of. */
export interface Refusal {
  readonly status: number
  /** Under which the log says more. */
  readonly requestId: string
  readonly headers: IncomingHttpHeaders
}

/** The whole page for people who cannot be served, in their language and their choice of light or dark. */
export function refusalPage({ status, requestId, headers }: Refusal): string {
  const { cookie = '', 'accept-language': accepted } = headers
  const { language } = pageLanguage({ asked: undefined, remembered: chosen(cookie, 'language'), accepted })
  const theme = chosen(cookie, 'theme')
  const { byStatus, other, home, reference } = TEXTS[language]
  const { title, text } = byStatus[status] ?? other
  return html`<!doctype html>
<html lang="${language}" class="${theme === 'light' || theme === 'dark' ? theme : 'system'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Driftlock</title>
<style>${new Html(PAGE_STYLE)}</style>
</head>
<body>
<header><p class="product">${productMark}Driftlock</p></header>
<main>
<h1>${title}</h1>
<p>${text}</p>
<p><a href="/">${home}</a></p>
<p class="help">${reference} ${requestId}</p>
</main>
</body>
</html>
`.text
}

/** What the consoles remember of a person's choice. */
function chosen(cookies: string, name: 'language' | 'theme'): string | undefined {
  return new RegExp(`(?:^|;\\s*)driftlock-${name}=(\\w+)`).exec(cookies)?.[1]
}
