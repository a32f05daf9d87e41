import type { CloudAdministrator, Company } from '@driftlock/application'
import { type Html, html, languageLinks, type PageLanguage } from '@driftlock/http'
import type { ConsoleTexts } from './texts/en.ts'

export const STYLE_PATH = '/cloud-console.css'

/** Where in the console a page lies, for the navigation. */
export type Section = 'status' | 'users' | 'devices' | 'managers' | 'audit'

/** For whom a page is made. */
export interface PageSetting {
  readonly language: PageLanguage
  readonly texts: ConsoleTexts
  /** Address of the page up to the parameter of its language; absent where it has no address of its own. */
  readonly path: string | undefined
}

/** What pages of somebody who is logged on have in common. */
export interface PageFrame {
  readonly administrator?: CloudAdministrator
  /** Absent on the pages of the whole service. */
  readonly company?: Company
  readonly section?: Section
}

export interface PageContent {
  readonly title: string
  /** Read out first, and named in the title. */
  readonly failure?: string | undefined
  /** What was just done. */
  readonly done?: string | undefined
  readonly body: Html
}

/** A whole page that works without script. */
export function renderPage(
  setting: PageSetting,
  frame: PageFrame,
  { title, failure, done, body }: PageContent,
): string {
  const { administrator } = frame
  const { language, texts } = setting
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${failure === undefined ? '' : `${texts.frame.problem}: `}${title} · Driftlock Cloud</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${STYLE_PATH}">
</head>
<body>
<header><p class="product">${MARK}Driftlock Cloud</p>${administrator === undefined ? undefined : whoIs(administrator, texts)}${languages(setting)}</header>
<main${administrator === undefined ? html` class="narrow"` : undefined}>
${frame.company === undefined ? undefined : navigation(frame.company, frame.section, texts)}
<h1>${title}</h1>
${failure === undefined ? undefined : html`<p class="failure" role="alert">${failure}</p>`}
${done === undefined ? undefined : html`<p class="done" role="status">${done}</p>`}
${body}
</main>
</body>
</html>
`.text
}

const MARK = html`<svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false"><path class="bow" d="M9 14V10a7 7 0 0 1 14 0v4"/><rect class="body" x="5" y="13" width="22" height="16" rx="4"/><path class="hand" d="M16 17v5l3.5 2.5"/></svg>`

function whoIs({ name, companyId }: CloudAdministrator, { frame }: ConsoleTexts): Html {
  const service = companyId === null ? html`<a href="/companies">${frame.companies}</a>` : undefined
  return html`<div class="who">${service}<a href="/administrators">${frame.administrators}</a><a href="/second-factor">${frame.secondFactor}</a><span>${name}</span>
<form class="plain" method="post" action="/log-off"><button class="secondary small">${frame.logOff}</button></form></div>`
}

function languages({ language, texts, path }: PageSetting): Html | undefined {
  if (path === undefined) return undefined
  return languageLinks({ current: language, label: texts.frame.language, addressIn: (one) => `${path}lang=${one}` })
}

export function companyPath({ id }: Pick<Company, 'id'>, section: Section): string {
  return section === 'status' ? `/companies/${id}` : `/companies/${id}/${section}`
}

function navigation(company: Company, current: Section | undefined, { sections }: ConsoleTexts): Html {
  const links = Object.entries(sections).map(([section, text]) => {
    const address = companyPath(company, section as Section) // a key of that very table
    const isHere = section === current ? html` aria-current="page"` : undefined
    return html`<li><a href="${address}"${isHere}>${text}</a></li>`
  })
  return html`<nav aria-label="${company.displayName}"><ul>${links}</ul></nav>`
}
