import { type Html, html } from '../markup/html.ts'
import { languageLinks, type PageLanguage } from '../pages/page-language.ts'
import { productMark } from '../pages/page-look.ts'
import { fill, type PageTexts, textsOf } from './texts.ts'

/** Which console a log-on page belongs to. */
export type PageConsole = 'self-service' | 'security'

/** What every log-on page is made for. */
export interface PageSetting {
  readonly console: PageConsole
  readonly language: PageLanguage
  /** The choice that the consoles remember; `system` follows the device. */
  readonly theme: 'system' | 'light' | 'dark'
  /** Where to go after the log-on: a path of the same server. */
  readonly next: string
  /** The page's own address without a query, for the language links. */
  readonly path: string
}

interface PageContent {
  readonly title: string
  readonly failure?: string | undefined
  /** Id of the refused request. */
  readonly reference?: string | undefined
  readonly body: Html
}

export const STYLE_PATH = '/log-on.css'

/** Under which address a console's pages lie. */
export function basePath(console: PageConsole): string {
  return console === 'self-service' ? '/self-service' : '/console'
}

/** A whole page that works without script. The failure is read out first and the title names it. */
export function renderPage(setting: PageSetting, { title, failure, reference, body }: PageContent): string {
  const texts = textsOf(setting.language)
  const product = texts.product[setting.console]
  return html`<!doctype html>
<html lang="${setting.language}" class="${setting.theme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${failure === undefined ? '' : `${texts.problem}: `}${title} · ${product}</title>
<link rel="stylesheet" href="${STYLE_PATH}">
</head>
<body>
<header><p class="product">${productMark}${product}</p>${languages(setting, texts)}</header>
<main>
<h1>${title}</h1>
${failure === undefined ? undefined : html`<p class="failure" role="alert">${failure}</p>`}
${reference === undefined ? undefined : html`<p class="help">${fill(texts.reference, { id: reference })}</p>`}
${body}
</main>
</body>
</html>
`.text
}

function languages({ language, path, next }: PageSetting, { languageLabel: label }: PageTexts): Html {
  const addressIn = (lang: PageLanguage): string => `${path}?${new URLSearchParams({ lang, next }).toString()}`
  return languageLinks({ current: language, label, addressIn })
}
