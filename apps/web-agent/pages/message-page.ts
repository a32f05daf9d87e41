import { type Html, hidden, html } from '@driftlock/http'
import { OWN_PATH } from '../access/return-path.ts'
import { fill } from './look.ts'
import { type PageName, type PageSetting, renderPage, textsOf } from './page.ts'
import type { TextName } from './texts-en.ts'

export const LOG_ON_PATH = `${OWN_PATH}/log-on`
export const STEP_PATH = `${OWN_PATH}/step`
export const LOG_OFF_PATH = `${OWN_PATH}/log-off`

/** Pages that end a way and say what to do next. */
export type Ending =
  | 'denied'
  | 'forbidden'
  | 'expired'
  | 'stale'
  | 'otherWindow'
  | 'already'
  | 'unavailable'
  | 'error'
  | 'throttled'
  | 'crossSite'
  | 'notFound'

interface EndingShape {
  readonly name: PageName
  readonly status: number
  readonly actions: readonly (readonly [TextName, 'log-on' | 'step' | 'back' | 'log-off'])[]
}

const ENDINGS: Readonly<Record<Ending, EndingShape>> = {
  denied: { name: 'denied', status: 200, actions: [['beginAgain', 'log-on']] },
  forbidden: { name: 'denied', status: 403, actions: [['logOffTitle', 'log-off']] },
  expired: { name: 'error', status: 200, actions: [['beginAgain', 'log-on']] },
  stale: {
    name: 'error',
    status: 200,
    actions: [
      ['goOn', 'step'],
      ['beginAgain', 'log-on'],
    ],
  },
  otherWindow: { name: 'error', status: 200, actions: [['beginAgain', 'log-on']] },
  already: { name: 'error', status: 200, actions: [['goOn', 'back']] },
  unavailable: { name: 'error', status: 503, actions: [['tryAgain', 'log-on']] },
  error: { name: 'error', status: 500, actions: [['beginAgain', 'log-on']] },
  throttled: { name: 'error', status: 429, actions: [['tryAgain', 'log-on']] },
  crossSite: { name: 'error', status: 403, actions: [['logOn', 'log-on']] },
  notFound: { name: 'error', status: 404, actions: [['logOn', 'log-on']] },
}

export interface EndingOptions {
  readonly returnTo: string
  /** Names the request in the log. */
  readonly requestId: string
  /** Where a fault may be tried again; absent = at the log-on form. */
  readonly retry?: 'step'
}

export function endingPage(setting: PageSetting, ending: Ending, options: EndingOptions) {
  const texts = textsOf(setting)
  const { name, status, actions } = ENDINGS[ending]
  const addresses = {
    'log-on': `${LOG_ON_PATH}?${new URLSearchParams({ to: options.returnTo }).toString()}`,
    step: STEP_PATH,
    back: options.returnTo,
    'log-off': LOG_OFF_PATH,
  }
  const buttons = actions.map(([text, where], place) =>
    linkButton(
      text === 'tryAgain' && options.retry === 'step' ? STEP_PATH : addresses[where],
      texts[text],
      place === 0 ? 'primary' : 'secondary',
    ),
  )
  const body = html`<p>${fill(texts[ending], { id: options.requestId })}</p><div class="actions">${buttons}</div>`
  return { status, page: renderPage(setting, { name, title: texts[`${ending}Title`], body }) }
}

/** The seed's single page: the token is ready for the VPN. */
export function donePage(setting: PageSetting, username: string): string {
  const texts = textsOf(setting)
  const body = html`<p class="done">${texts.done}</p>
<p>${texts.doneNext}</p>
<p class="who">${fill(texts.loggedOnAs, { username })}</p>
<div class="actions">${linkButton(LOG_OFF_PATH, texts.logOffTitle, 'secondary')}</div>`
  return renderPage(setting, { name: 'done', title: texts.doneTitle, body })
}

export function logOffPage(
  setting: PageSetting,
  { ticket, username }: { readonly ticket: string; readonly username: string },
) {
  const texts = textsOf(setting)
  const body = html`<p>${fill(texts.logOffLead, { username })}</p>
<form method="post" action="${LOG_OFF_PATH}">
${hidden('ticket', ticket)}
<button type="submit" name="where" value="here">${texts.logOffHere}</button>
<button type="submit" name="where" value="everywhere" class="secondary">${texts.logOffEverywhere}</button>
</form>`
  return renderPage(setting, { name: 'log-off', title: texts.logOffTitle, body })
}

export function loggedOffPage(
  setting: PageSetting,
  sentence: 'loggedOff' | 'loggedOffEverywhere' | 'notLoggedOn',
): string {
  const texts = textsOf(setting)
  const body: Html = html`<p>${texts[sentence]}</p>
<div class="actions">${linkButton(LOG_ON_PATH, texts.logOn, 'secondary')}</div>`
  return renderPage(setting, { name: 'logged-off', title: texts.loggedOffTitle, body })
}

function linkButton(address: string, text: string, kind: 'primary' | 'secondary' = 'primary'): Html {
  return html`<a class="button${kind === 'secondary' ? ' secondary' : ''}" href="${address}">${text}</a>`
}
