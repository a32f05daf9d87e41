import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { Html, html } from '../markup/html.ts'
import { type PageLanguage, pageLanguage } from './page-language.ts'
import { PAGE_STYLE, productMark } from './page-look.ts'

const TEXTS = {
  en: {
    404: {
      title: 'Page not found',
      text: 'There is nothing at this address. Check how it is written, or begin at the start page.',
    },
    405: {
      title: 'That does not work here',
      text: 'The address is right, but this is not how it is used. Go back and try again, or begin at the start page.',
    },
    home: 'Go to the start page',
  },
  de: {
    404: {
      title: 'Seite nicht gefunden',
      text: 'Unter dieser Adresse gibt es nichts. Prüfen Sie die Schreibweise oder beginnen Sie auf der Startseite.',
    },
    405: {
      title: 'Das geht hier nicht',
      text: 'Die Adresse stimmt, wird aber anders benutzt. Gehen Sie zurück und versuchen Sie es noch einmal, oder beginnen Sie auf der Startseite.',
    },
    home: 'Zur Startseite',
  },
} as const satisfies Record<PageLanguage, unknown>

/** The page brings its style along, named by its hash: any server may show it, whatever else it serves. */
const STYLE_HASH = createHash('sha256').update(PAGE_STYLE).digest('base64')

export const MISSING_PAGE_POLICY = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'`

/** The whole page for people who went where nothing is, in their language and their choice of light or dark. */
export function missingPage(
  status: 404 | 405,
  { cookie = '', 'accept-language': accepted }: IncomingHttpHeaders,
): string {
  const remembered = chosen(cookie, 'language')
  const { language } = pageLanguage({ asked: undefined, remembered, accepted })
  const theme = chosen(cookie, 'theme')
  const { home, ...texts } = TEXTS[language]
  const { title, text } = texts[status]
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
</main>
</body>
</html>
`.text
}

/** What the consoles remember of a person's choice. */
function chosen(cookies: string, name: 'language' | 'theme'): string | undefined {
  return new RegExp(`(?:^|;\\s*)driftlock-${name}=(\\w+)`).exec(cookies)?.[1]
}
