import { type Html, html } from './html.ts'

interface FieldOptions {
  readonly name: string
  readonly label: string
  readonly type?: 'text' | 'password'
  readonly value?: string
  readonly help?: string | undefined
  readonly autocomplete: 'username' | 'current-password' | 'new-password' | 'one-time-code' | 'off'
  readonly inputmode?: 'numeric' | 'text'
  readonly maxlength: number
  readonly autofocus?: boolean
}

/** A labelled field of a form; its help is tied to it for screen readers. */
export function field(options: FieldOptions): Html {
  const { name, label, type = 'text', value = '', help, autocomplete, inputmode = 'text', maxlength } = options
  const helpId = `${name}-help`
  return html`<div>
<label for="${name}">${label}</label>
<input id="${name}" name="${name}" type="${type}" value="${value}" autocomplete="${autocomplete}" inputmode="${inputmode}" maxlength="${maxlength}" autocapitalize="none" spellcheck="false" required${help === undefined ? undefined : html` aria-describedby="${helpId}"`}${options.autofocus === true ? html` autofocus` : undefined}>
${help === undefined ? undefined : html`<p class="help" id="${helpId}">${help}</p>`}
</div>`
}

export function hidden(name: string, value: string): Html {
  return html`<input type="hidden" name="${name}" value="${value}">`
}

/** A form that is sent to a path of the same server. */
export function form(action: string, fields: readonly Html[], submit: string): Html {
  return html`<form method="post" action="${action}" autocomplete="off">
${fields}
<button type="submit">${submit}</button>
</form>`
}
