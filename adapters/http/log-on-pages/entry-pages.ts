import type { SelfServiceWelcome } from '@driftlock/contracts'
import { field, form, hidden } from '../markup/field.ts'
import { type Html, html } from '../markup/html.ts'
import { basePath, type PageSetting, renderPage } from './page.ts'
import { type PageTexts, textsOf } from './texts.ts'

/** What was typed before and why it did not do; secrets are never sent back. */
export interface EntryState {
  readonly username?: string
  readonly method?: string
  readonly failure?: string | undefined
  /** Under which the log holds why, for the help desk. */
  readonly reference?: string
}

const USERNAME_LIMIT = 255
const SECRET_LIMIT = 256

function usernameField(texts: PageTexts, { username = '' }: EntryState): Html {
  const options = { name: 'username', label: texts.username, value: username, maxlength: USERNAME_LIMIT }
  return field({ ...options, autocomplete: 'username', autofocus: username === '' })
}

/** The log-on of the Self-Service Console: by what the settings allow, the first one chosen. */
export function selfServiceLogOnPage(setting: PageSetting, welcome: SelfServiceWelcome, state: EntryState): string {
  const texts = textsOf(setting.language)
  const { logOn, troubleshooting } = welcome
  const methods = (['passcode', 'password', 'emergencyCode'] as const).filter((method) => logOn[method])
  const shown = logOn.shown && methods.length > 0
  const chosen = methods.find((method) => method === state.method) ?? methods[0] ?? 'passcode'
  const fields = [
    hidden('next', setting.next),
    usernameField(texts, state),
    methods.length > 1 ? methodChoice(texts, methods, chosen) : hidden('method', chosen),
    secretField(texts, methods),
  ]
  const link = html`<p class="links"><a href="${basePath('self-service')}/troubleshooting">${texts.troubleshootLink}</a></p>`
  const body = html`${shown ? form(`${basePath('self-service')}/log-on`, fields, texts.logOn) : html`<p>${texts.noLogOn}</p>`}
${troubleshooting ? link : undefined}`
  return renderPage(setting, { title: texts.logOn, failure: state.failure, reference: state.reference, body })
}

type Method = 'passcode' | 'password' | 'emergencyCode'

function methodChoice(texts: PageTexts, methods: readonly Method[], chosen: Method): Html {
  const choices = methods.map((method) => {
    const checked = method === chosen ? html` checked` : undefined
    return html`<label><input type="radio" name="method" value="${method}"${checked}> ${texts[method]}</label>`
  })
  return html`<fieldset><legend>${texts.method}</legend>${choices}</fieldset>`
}

function secretField(texts: PageTexts, methods: readonly Method[]): Html {
  const only = methods.length === 1 ? methods[0] : undefined
  const help = [
    methods.includes('passcode') ? `${texts.passcode}: ${texts.passcodeHelp}` : '',
    methods.includes('emergencyCode') ? `${texts.emergencyCode}: ${texts.emergencyHelp}` : '',
  ].join(' ')
  return field({
    name: 'secret',
    label: only === undefined ? methods.map((method) => texts[method]).join(' / ') : texts[only],
    type: 'password',
    help: help.trim() === '' ? undefined : help.trim(),
    autocomplete: only === 'password' ? 'current-password' : 'off',
    maxlength: SECRET_LIMIT,
  })
}

/** The entry to Troubleshoot for one who cannot log on: user ID and password. */
export function troubleshootingPage(setting: PageSetting, state: EntryState): string {
  const texts = textsOf(setting.language)
  const base = basePath('self-service')
  const fields = [usernameField(texts, state), passwordField(texts)]
  return renderPage(setting, {
    title: texts.troubleshootTitle,
    failure: state.failure,
    reference: state.reference,
    body: html`<p>${texts.troubleshootLead}</p>
${form(`${base}/troubleshooting`, fields, texts.continue)}
<p class="links"><a href="${base}/log-on">${texts.backToLogOn}</a></p>`,
  })
}

/** The log-on of the Security Console: password and passcode together. */
export function securityLogOnPage(setting: PageSetting, state: EntryState): string {
  const texts = textsOf(setting.language)
  const base = basePath('security')
  const fields = [
    hidden('next', setting.next),
    usernameField(texts, state),
    passwordField(texts),
    field({
      name: 'passcode',
      label: texts.passcode,
      type: 'password',
      help: texts.passcodeHelp,
      autocomplete: 'off',
      maxlength: SECRET_LIMIT,
    }),
  ]
  return renderPage(setting, {
    title: texts.logOn,
    failure: state.failure,
    reference: state.reference,
    body: html`${form(`${base}/log-on`, fields, texts.logOn)}
<p class="links"><a href="${base}/set-up">${texts.setUpLink}</a></p>`,
  })
}

/** The first log-on of an administrator: the set-up code sets the password. */
export function setUpPage(setting: PageSetting, state: EntryState): string {
  const texts = textsOf(setting.language)
  const base = basePath('security')
  const fields = [
    usernameField(texts, state),
    field({ name: 'setupCode', label: texts.setupCode, autocomplete: 'off', maxlength: SECRET_LIMIT }),
    field({
      name: 'newPassword',
      label: texts.newPassword,
      type: 'password',
      autocomplete: 'new-password',
      maxlength: SECRET_LIMIT,
    }),
  ]
  return renderPage(setting, {
    title: texts.setUpTitle,
    failure: state.failure,
    reference: state.reference,
    body: html`<p>${texts.setUpLead}</p>
${form(`${base}/set-up`, fields, texts.continue)}
<p class="links"><a href="${base}/log-on">${texts.backToLogOn}</a></p>`,
  })
}

function passwordField(texts: PageTexts): Html {
  const options = { name: 'password', label: texts.password, type: 'password', maxlength: SECRET_LIMIT } as const
  return field({ ...options, autocomplete: 'current-password' })
}
