import { type Html, html } from '@driftlock/http'
import type { ConsoleTexts } from './texts/en.ts'

interface FieldOptions {
  readonly name: string
  readonly label: string
  readonly type?: 'text' | 'password' | 'search'
  readonly value?: string
  readonly help?: string
  readonly autocomplete?: 'username' | 'current-password' | 'new-password' | 'one-time-code' | 'off'
  readonly maxlength?: number
  readonly required?: boolean
}

/** A labelled field; its help is tied to it for screen readers. */
export function field(options: FieldOptions): Html {
  const { name, label, type = 'text', value = '', help, autocomplete = 'off', maxlength = 255 } = options
  const described = help === undefined ? undefined : html` aria-describedby="${name}-help"`
  const isRequired = options.required === false ? undefined : html` required`
  return html`<div><label for="${name}">${label}</label>
<input id="${name}" name="${name}" type="${type}" value="${value}" autocomplete="${autocomplete}" maxlength="${maxlength}" autocapitalize="none" spellcheck="false"${isRequired}${described}>
${help === undefined ? undefined : html`<p class="help" id="${name}-help">${help}</p>`}</div>`
}

export interface Choice {
  readonly value: string
  readonly text: string
}

export function choiceField(
  name: string,
  label: string,
  { choices, value }: { choices: readonly Choice[]; value?: string },
): Html {
  const options = choices.map((one) => {
    const isChosen = one.value === value ? html` selected` : undefined
    return html`<option value="${one.value}"${isChosen}>${one.text}</option>`
  })
  return html`<div><label for="${name}">${label}</label><select id="${name}" name="${name}">${options}</select></div>`
}

export interface FormOptions {
  readonly action: string
  readonly method?: 'post' | 'get'
  readonly look?: 'stack' | 'line' | 'plain'
  readonly submit: string | Html
  readonly kind?: 'secondary' | 'danger'
  readonly small?: boolean
}

export function form(options: FormOptions, fields: readonly Html[] = []): Html {
  const { action, method = 'post', look = 'stack', submit, kind, small = false } = options
  const classes = [kind, small ? 'small' : undefined].filter((one) => one !== undefined).join(' ')
  return html`<form class="${look}" method="${method}" action="${action}">${fields}
<div><button type="submit"${classes === '' ? undefined : html` class="${classes}"`}>${submit}</button></div></form>`
}

/** An act that cannot be undone: asked for twice, without script. */
export function confirmed(summary: string, explanation: string, options: FormOptions): Html {
  return html`<details><summary>${summary}</summary><p class="help">${explanation}</p>${form({ ...options, kind: 'danger', small: true })}</details>`
}

/** A table that scrolls by itself on a narrow screen. `empty` is said in its place when there is no row. */
export function table(
  caption: string,
  {
    head,
    rows,
    empty,
  }: { readonly head: readonly string[]; readonly rows: readonly (readonly Html[])[]; readonly empty: string },
): Html {
  if (rows.length === 0) return html`<p>${empty}</p>`
  const cells = (row: readonly Html[]) => row.map((cell) => html`<td>${cell}</td>`)
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table><caption>${caption}</caption>
<thead><tr>${head.map((one) => html`<th scope="col">${one}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${cells(row)}</tr>`)}</tbody></table></div>`
}

export function facts(pairs: readonly (readonly [string, Html | string | number])[]): Html {
  return html`<dl class="facts">${pairs.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`
}

export function state(text: string, kind: 'good' | 'bad' | 'plain' = 'plain'): Html {
  return html`<span class="state ${kind}">${text}</span>`
}

/** To the minute, in UTC: the console has no script that would know the reader's zone. */
export function instantText(instant: number): Html {
  const iso = new Date(instant).toISOString()
  return html`<time datetime="${iso}">${iso.slice(0, 16).replace('T', ' ')} UTC</time>`
}

/** The same where it may never have been. */
export function instantOrNever(instant: number | null, { frame }: ConsoleTexts): Html {
  return instant === null ? plain(frame.never) : instantText(instant)
}

/** A sentence with its `{…}` filled in; what is filled in and no markup is escaped. */
export function sentence(text: string, values: Readonly<Record<string, Html | string | number>>): Html {
  const pieces = text.split(/\{(\w+)\}/) // what stands at odd places is a name
  return html`${pieces.map((piece, at) => (at % 2 === 0 ? html`${piece}` : html`${values[piece]}`))}`
}

export function plain(text: string | number): Html {
  return html`${text}`
}

/** A link to the next page of a list, keeping what was searched. */
export function nextLink(
  path: string,
  query: Readonly<Record<string, string | undefined>>,
  { next, text }: { readonly next: string | undefined; readonly text: string },
): Html {
  if (next === undefined) return html``
  const search = new URLSearchParams({ after: next })
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== '') search.set(name, value)
  return html`<p><a class="button" href="${path}?${search.toString()}" rel="next">${text}</a></p>`
}
