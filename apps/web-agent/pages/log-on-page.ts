import { field, type Html, hidden, html } from '@driftlock/http'
import { OWN_PATH } from '../access/return-path.ts'
import { type PageSetting, renderPage, textsOf } from './page.ts'
import type { TextName } from './texts-en.ts'

/** What the user says to have; asked of the browser alone, so that it tells nothing about who exists. */
export const TOKEN_KINDS = ['fob', 'app', 'no-pin', 'emergency'] as const
export type TokenKind = (typeof TOKEN_KINDS)[number]

export interface LogOnForm {
  /** Ties the form to this browser, once. */
  readonly ticket: string
  readonly returnTo: string
  readonly username: string
  readonly tokenKind: TokenKind | undefined
  readonly failure: TextName | undefined
  readonly isDialogueOpen: boolean
}

export const USERNAME_LIMIT = 255
export const SECRET_LIMIT = 256

const NAMES = { fob: 'tokenFob', app: 'tokenApp', 'no-pin': 'tokenNoPin', emergency: 'tokenEmergency' } as const
const HELP = {
  fob: 'passcodeHelpFob',
  app: 'passcodeHelpApp',
  'no-pin': 'passcodeHelpNoPin',
  emergency: 'passcodeHelpEmergency',
} as const

/** User ID and passcode. */
export function logOnPage(setting: PageSetting, logOn: LogOnForm): string {
  const texts = textsOf(setting)
  const { ticket, username, tokenKind, failure, isDialogueOpen } = logOn
  const open = html`<p>${texts.dialogueOpen} <a href="${OWN_PATH}/step">${texts.goOn}</a></p>`
  const body = html`${isDialogueOpen ? open : undefined}<form method="post" action="${OWN_PATH}/log-on" autocomplete="off">
${hidden('ticket', ticket)}
${field({ name: 'username', label: texts.username, value: username, autocomplete: 'username', maxlength: USERNAME_LIMIT, autofocus: username === '' })}
${field({
  name: 'passcode',
  label: texts.passcode,
  type: 'password',
  help: texts[tokenKind === undefined ? 'passcodeHelp' : HELP[tokenKind]],
  autocomplete: 'off',
  maxlength: SECRET_LIMIT,
  autofocus: username !== '',
})}
<button type="submit">${texts.logOn}</button>
</form>
${kindLinks(setting, logOn)}`
  return renderPage(setting, {
    name: 'log-on',
    title: texts.logOn,
    failure: failure === undefined ? undefined : texts[failure],
    body,
  })
}

function kindLinks(setting: PageSetting, { tokenKind, returnTo }: LogOnForm): Html {
  const texts = textsOf(setting)
  const links = TOKEN_KINDS.map((kind) => {
    const search = new URLSearchParams({ to: returnTo, token: kind })
    return kind === tokenKind
      ? html`<li><span aria-current="true">${texts[NAMES[kind]]}</span></li>`
      : html`<li><a href="${OWN_PATH}/log-on?${search.toString()}">${texts[NAMES[kind]]}</a></li>`
  })
  return html`<nav class="kinds" aria-labelledby="kinds"><p id="kinds">${texts.tokenKind}</p><ul>${links}</ul></nav>`
}
