import { field, type Html, hidden, html } from '@driftlock/http'
import { OWN_PATH } from '../access/return-path.ts'
import type { OpenDialogue, PageQuestion } from '../dialogue/open-dialogue.ts'
import { SECRET_LIMIT, type TokenKind } from './log-on-page.ts'
import { fill } from './look.ts'
import { type PageName, type PageSetting, renderPage, textsOf } from './page.ts'
import { pinRules } from './pin-rules.ts'
import type { TextName, Texts } from './texts-en.ts'

/** The offered PIN is refused by a button of its own. */
function cancelForm(step: string, texts: Texts): Html {
  return html`<form method="post" action="${OWN_PATH}/cancel">
${hidden('step', step)}
<button type="submit" class="secondary">${texts.cancel}</button>
</form>`
}

interface Content {
  readonly name: PageName
  readonly title: string
  readonly lead: Html
  readonly fields: Html
  readonly failure?: string | undefined
}

export interface QuestionForm {
  readonly dialogue: OpenDialogue
  /** Names this step; an answer to another one is not taken. */
  readonly step: string
  readonly tokenKind: TokenKind | undefined
}

/** The page of a question inside a log-on. */
export function questionPage(setting: PageSetting, { dialogue, step, tokenKind }: QuestionForm): string {
  const texts = textsOf(setting)
  const { question, username } = dialogue
  const { lead, fields, ...page } = contentOf(question, texts, tokenKind)
  return renderPage(setting, {
    ...page,
    body: html`<p class="who">${fill(texts.loggingOnAs, { username })}</p>
${lead}
<form method="post" action="${OWN_PATH}/step" autocomplete="off">
${hidden('step', step)}
${fields}
</form>
${question.kind === 'system-pin' ? undefined : cancelForm(step, texts)}`,
  })
}

function contentOf(question: PageQuestion, texts: Texts, tokenKind: TokenKind | undefined): Content {
  const failure = question.problem === null ? undefined : texts.failedWrong
  switch (question.kind) {
    case 'next-tokencode':
      return nextTokencode(question, texts)
    case 'new-pin':
      return newPin(question, texts)
    case 'system-pin':
      return systemPin(question, texts)
    case 'passcode-after-new-pin': {
      const help = tokenKind === 'app' ? texts.afterPinHelpApp : texts.afterPinHelp
      const lead = html`<p>${texts.afterPinLead}</p>`
      return {
        name: 'new-passcode',
        title: texts.afterPinTitle,
        lead: html`${lead}${wait(null, texts)}`,
        fields: answerForm({ label: texts.afterPin, help }, texts),
        failure,
      }
    }
    case 'passcode':
      return {
        name: 'question',
        title: texts.logOn,
        lead: html``,
        fields: answerForm({ label: texts.passcode, help: texts.passcodeHelp }, texts),
        failure,
      }
    case 'other':
      return {
        name: 'question',
        title: texts.otherTitle,
        lead: html`<p lang="en">${question.text}</p>`,
        fields: answerForm({ label: texts.answer, isShown: !question.sensitive }, texts),
        failure,
      }
  }
}

function nextTokencode({ intervalSeconds, isPinpad }: PageQuestion, texts: Texts): Content {
  return {
    name: 'next-tokencode',
    title: texts.nextTokencodeTitle,
    lead: html`<p>${texts.nextTokencodeLead}</p>${wait(intervalSeconds, texts)}`,
    fields: answerForm(
      {
        label: texts.nextTokencode,
        help: isPinpad ? texts.nextTokencodeHelpPinpad : texts.nextTokencodeHelp,
        isShown: true,
      },
      texts,
    ),
  }
}

/** The wait for the change, drawn by the style sheet: a bar that is full when the code has surely changed. */
function wait(intervalSeconds: number | null, texts: Texts): Html {
  if (intervalSeconds === 0) return html`<p>${texts.nextTokencodePress}</p>`
  const sentence =
    intervalSeconds === null
      ? texts.nextTokencodeWaitUnknown
      : fill(texts.nextTokencodeWait, { seconds: intervalSeconds })
  const seconds = intervalSeconds ?? 60
  const drawn = seconds <= 30 ? 's30' : seconds <= 60 ? 's60' : 's120'
  return html`<div class="wait ${drawn}"><p>${sentence}</p><span class="rail" aria-hidden="true"><span></span></span><span class="over">${texts.nextTokencodeOver}</span></div>`
}

function newPin(question: PageQuestion, texts: Texts): Content {
  const { problem } = question
  const pin = { type: 'password', autocomplete: 'new-password', maxlength: SECRET_LIMIT } as const
  return {
    name: 'new-pin',
    title: texts.newPinTitle,
    lead: html`<p>${texts.newPinLead}</p>${problem === 'wrong' ? faultsOf(question, texts) : undefined}`,
    fields: html`${field({ ...pin, name: 'answer', label: texts.newPin, help: pinRules(question, texts), autofocus: true })}
${field({ ...pin, name: 'again', label: texts.confirmPin })}
<button type="submit">${texts.continue}</button>`,
    failure: problem === null ? undefined : problem === 'mismatch' ? texts.pinMismatch : texts.pinRejected,
  }
}

const PIN_FAULTS = {
  'too-short': 'pinTooShort',
  'too-long': 'pinTooLong',
  'not-only-digits': 'pinNotDigits',
  'not-letters-and-digits': 'pinNotAlphanumeric',
  'too-few-letters': 'pinFewLetters',
  'too-few-digits': 'pinFewDigits',
  'leading-zero': 'pinLeadingZero',
  'excluded-word': 'pinExcludedWord',
  trivial: 'pinTrivial',
  'same-as-current': 'pinSame',
  'used-before': 'pinUsedBefore',
  'changed-too-recently': 'pinTooRecent',
} as const satisfies Record<string, TextName>

/** What is wrong with the PIN: in the page's language, or as the manager says it where there is a fault we do not know. */
function faultsOf({ pinFaults, text }: PageQuestion, texts: Texts): Html {
  const known = new Map<string, TextName>(Object.entries(PIN_FAULTS))
  const names = pinFaults.map((code) => known.get(code))
  if (names.length === 0 || names.includes(undefined)) return html`<p class="who" lang="en">${text}</p>`
  return html`<ul class="who">${names.map((name) => html`<li>${name === undefined ? '' : texts[name]}</li>`)}</ul>`
}

function systemPin({ systemPin: pin }: PageQuestion, texts: Texts): Content {
  return {
    name: 'system-pin',
    title: texts.systemPinTitle,
    lead: html`<p>${texts.systemPinLead}</p>`,
    fields: html`<p class="pin"><code>${pin ?? ''}</code></p>
<button type="submit" name="answer" value="y">${texts.systemPinAccept}</button>
<button type="submit" name="answer" value="n" class="secondary">${texts.systemPinRefuse}</button>`,
  }
}

interface AnswerField {
  readonly label: string
  readonly help?: string | undefined
  readonly isShown?: boolean
}

function answerForm({ label, help, isShown = false }: AnswerField, texts: Texts): Html {
  const shown = isShown
    ? ({ autocomplete: 'one-time-code', inputmode: 'numeric' } as const)
    : ({ autocomplete: 'off' } as const)
  const type = isShown ? 'text' : 'password'
  return html`${field({ name: 'answer', label, help, type, ...shown, maxlength: SECRET_LIMIT, autofocus: true })}
<button type="submit">${texts.continue}</button>`
}
