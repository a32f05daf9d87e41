import { type Html, html } from '../markup/html.ts'

/** The languages of the pages that a server makes, each named in itself. */
export const PAGE_LANGUAGES = { en: 'English', de: 'Deutsch' } as const

export type PageLanguage = keyof typeof PAGE_LANGUAGES

/** How long a language that was chosen is remembered: a year. */
export const LANGUAGE_AGE_SECONDS = 31_536_000

const ALL = Object.keys(PAGE_LANGUAGES) as PageLanguage[] // the keys of that very table

/** What a request says of languages. */
export interface LanguageWishes {
  /** By the link that was followed. */
  readonly asked: string | undefined
  /** By the cookie of a choice before. */
  readonly remembered: string | undefined
  /** The browser's Accept-Language. */
  readonly accepted: string | undefined
}

/**
 * By the link that was followed, else as chosen before, else as the browser asks, else the first that is offered.
 * @returns `chosen` when it was just chosen and is to be remembered.
 */
export function pageLanguage(
  { asked, remembered, accepted = '' }: LanguageWishes,
  offered: readonly PageLanguage[] = ALL,
): { readonly language: PageLanguage; readonly chosen: PageLanguage | undefined } {
  const known = (value: string | undefined) => offered.find((one) => one === value)
  const chosen = known(asked)
  const tags = accepted.split(',').map((part) => part.trim().slice(0, 2).toLowerCase())
  const preferred = [remembered, ...tags].map(known).find((one) => one !== undefined)
  return { language: chosen ?? preferred ?? offered[0] ?? 'en', chosen }
}

export interface LanguageLinks {
  readonly current: PageLanguage
  /** What the list is called to those who hear it. */
  readonly label: string
  /** Address of the same page in another language. */
  readonly addressIn: (language: PageLanguage) => string
  readonly offered?: readonly PageLanguage[]
}

/** The other languages as links, for the head of a page. */
export function languageLinks({ current, label, addressIn, offered = ALL }: LanguageLinks): Html {
  const links = offered.map((one) =>
    one === current
      ? html`<li><span aria-current="true" lang="${one}">${PAGE_LANGUAGES[one]}</span></li>`
      : html`<li><a href="${addressIn(one)}" lang="${one}" hreflang="${one}">${PAGE_LANGUAGES[one]}</a></li>`,
  )
  return html`<nav aria-label="${label}"><ul>${links}</ul></nav>`
}
