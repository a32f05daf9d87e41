import type { PinRequirements, Question } from '@driftlock/contracts'
import { field, hidden } from '../markup/field.ts'
import { type Html, html } from '../markup/html.ts'
import { basePath, type PageSetting, renderPage } from './page.ts'
import { fill, type PageTexts, textsOf } from './texts.ts'

/** A log-on that goes on with a question. */
export interface OpenQuestion {
  readonly username: string
  /** Sealed by the server, carried by the form. */
  readonly continuation: string
  readonly question: Question
}

const ANSWER_LIMIT = 256

/** The page of a question inside a log-on: next tokencode, new PIN and what belongs to it. */
export function questionPage(setting: PageSetting, open: OpenQuestion): string {
  const texts = textsOf(setting.language)
  const { title, lead, fields, submit, failure } = contentOf(open.question, texts)
  const base = basePath(setting.console)
  const carried = [
    hidden('username', open.username),
    hidden('continuation', open.continuation),
    hidden('next', setting.next),
  ]
  const own = submit ? html`${fields}` : html`${fields}<button type="submit">${texts.continue}</button>`
  return renderPage(setting, {
    title,
    failure,
    body: html`${lead.map((sentence) => html`<p>${sentence}</p>`)}
<form method="post" action="${base}/log-on/answer" autocomplete="off">
${carried}
${own}
</form>
<p class="links"><a href="${base}/log-on">${texts.cancel}</a></p>`,
  })
}

interface QuestionContent {
  readonly title: string
  readonly lead: readonly string[]
  readonly fields: readonly Html[]
  /** Set where the fields bring their own buttons. */
  readonly submit?: boolean
  readonly failure?: string | undefined
}

function contentOf(question: Question, texts: PageTexts): QuestionContent {
  switch (question.type) {
    case 'next-tokencode':
      return {
        title: texts.nextTokencodeTitle,
        lead: [texts.nextTokencodeLead, fill(texts.nextTokencodeEvery, { seconds: question.intervalSeconds })],
        fields: [codeField(texts.nextTokencode)],
      }
    case 'new-pin':
      return newPin(question, texts)
    case 'confirm-pin':
      return { title: texts.confirmPinTitle, lead: [], fields: [pinField('answer', texts.confirmPin)] }
    case 'accept-system-pin':
      return { title: texts.systemPinTitle, lead: [texts.systemPinLead], ...acceptance(question.pin, texts) }
    case 'passcode-after-new-pin':
      return { title: texts.afterPinTitle, lead: [texts.afterPinLead], fields: [pinField('answer', texts.afterPin)] }
  }
}

function newPin(question: Extract<Question, { type: 'new-pin' }>, texts: PageTexts): QuestionContent {
  const failures = { rejected: texts.pinRejected, mismatch: texts.pinMismatch }
  return {
    title: texts.newPinTitle,
    lead: [texts.newPinLead],
    fields: [
      pinField('answer', texts.newPin, rulesInWords(question.rules, texts)),
      pinField('confirm', texts.confirmPin),
    ],
    failure: question.previous && failures[question.previous],
  }
}

/** What a PIN must look like, in words. */
function rulesInWords(rules: PinRequirements, texts: PageTexts): string {
  const { minLength: min, maxLength: max, characters, minLetters, minDigits, leadingZeroAllowed } = rules
  const digitsOnly = characters === 'digits'
  return [
    fill(digitsOnly ? texts.pinDigits : texts.pinAlphanumeric, { min, max }),
    ...(digitsOnly || minLetters === 0 ? [] : [fill(texts.pinLetters, { count: minLetters })]),
    ...(digitsOnly || minDigits === 0 ? [] : [fill(texts.pinNumbers, { count: minDigits })]),
    ...(leadingZeroAllowed ? [] : [texts.pinNoZero]),
  ].join(' ')
}

function acceptance(pin: string, texts: PageTexts) {
  const fields = [
    html`<p class="pin"><code>${pin}</code></p>`,
    html`<button type="submit" name="answer" value="y">${texts.systemPinAccept}</button>`,
    html`<button type="submit" name="answer" value="n" class="secondary">${texts.systemPinRefuse}</button>`,
  ]
  return { fields, submit: true }
}

function codeField(label: string): Html {
  const options = { name: 'answer', label, maxlength: ANSWER_LIMIT, autofocus: true } as const
  return field({ ...options, autocomplete: 'one-time-code', inputmode: 'numeric' })
}

function pinField(name: 'answer' | 'confirm', label: string, help?: string): Html {
  const options = { name, label, help, type: 'password', maxlength: ANSWER_LIMIT } as const
  return field({ ...options, autocomplete: 'new-password', autofocus: name === 'answer' })
}
