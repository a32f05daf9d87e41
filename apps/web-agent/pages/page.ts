import { type Html, html, languageLinks, type PageLanguage } from '@driftlock/http'
import { OWN_PATH } from '../access/return-path.ts'
import type { Look } from './look.ts'
import type { Texts } from './texts-en.ts'

export const STYLE_PATH = `${OWN_PATH}/style.css`
export const SCRIPT_PATH = `${OWN_PATH}/page.js`
export const LOGO_PATH = `${OWN_PATH}/logo`

/** Which page it is: also the name of the template that may stand in its place. */
export type PageName =
  | 'log-on'
  | 'next-tokencode'
  | 'new-pin'
  | 'system-pin'
  | 'new-passcode'
  | 'question'
  | 'done'
  | 'denied'
  | 'error'
  | 'log-off'
  | 'logged-off'

/** For whom a page is made. */
export interface PageSetting {
  readonly look: Look
  readonly language: PageLanguage
  /** Address of the same page in another language. */
  readonly addressIn: (language: PageLanguage) => string
}

export interface PageContent {
  readonly name: PageName
  readonly title: string
  readonly failure?: string | undefined
  readonly body: Html
}

export function textsOf({ look, language }: PageSetting): Texts {
  return look.texts[language]
}

/** A whole page that works without script: the site's own template for it, or the built-in one. */
export function renderPage(setting: PageSetting, content: PageContent): string {
  const { look, language } = setting
  const texts = textsOf(setting)
  const { name, title, failure, body } = content
  const parts: Readonly<Record<string, Html | string | undefined>> = {
    language,
    title: `${failure === undefined ? '' : `${texts.problem}: `}${title} · ${texts.name}`,
    heading: title,
    product: texts.name,
    logo: logoOf(look),
    languages: languages(setting),
    failure: failure === undefined ? undefined : html`<p class="failure" role="alert">${failure}</p>`,
    content: html`${body}${helpLink(look, texts)}`,
    style: STYLE_PATH,
    script: SCRIPT_PATH,
  }
  const template = [`${name}.${language}`, name, `page.${language}`, 'page']
    .map((one) => look.templates.get(one))
    .find(Boolean)
  return (template ?? BUILT_IN).replaceAll(/\{\{(\w+)\}\}/g, (whole, part: string) =>
    part in parts ? html`${parts[part]}`.text : whole,
  )
}

const BUILT_IN = `<!doctype html>
<html lang="{{language}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>{{title}}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{{style}}">
<script src="{{script}}" defer></script>
</head>
<body>
<header><p class="product">{{logo}}{{product}}</p>{{languages}}</header>
<main>
<h1>{{heading}}</h1>
{{failure}}
{{content}}
</main>
</body>
</html>
`

const MARK = html`<svg viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false"><path class="bow" d="M9 14V10a7 7 0 0 1 14 0v4"/><rect class="body" x="5" y="13" width="22" height="16" rx="4"/><path class="hand" d="M16 17v5l3.5 2.5"/></svg>`

function logoOf({ logo }: Look): Html {
  return logo === undefined ? MARK : html`<img src="${LOGO_PATH}" alt="">`
}

function languages(setting: PageSetting): Html | undefined {
  const { look, language, addressIn } = setting
  if (look.languages.length < 2) return undefined
  return languageLinks({ current: language, label: textsOf(setting).language, addressIn, offered: look.languages })
}

function helpLink({ troubleshootingUrl }: Look, texts: Texts): Html | undefined {
  if (troubleshootingUrl === undefined) return undefined
  return html`<p class="links"><a href="${troubleshootingUrl}" rel="noreferrer">${texts.troubleshooting}</a></p>`
}
