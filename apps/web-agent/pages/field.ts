import { type Html, html } from './html.ts'

interface FieldOptions {
  readonly name: string
  readonly label: string
  readonly type?: 'text' | 'password'
  readonly value?: string
  readonly help?: string | undefined
  readonly autocomplete: 'username' | 'new-password' | 'one-time-code' | 'off'
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

export function linkButton(address: string, text: string, kind: 'primary' | 'secondary' = 'primary'): Html {
  return html`<a class="button${kind === 'secondary' ? ' secondary' : ''}" href="${address}">${text}</a>`
}
