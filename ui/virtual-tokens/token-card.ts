import { clockWords, MS_PER_SECOND } from '@driftlock/domain'
import { driftAtPlace, placeOfDrift } from './drift-scale.ts'
import { element } from './element.ts'
import type { ShownToken, TokenHolder } from './token-holder.ts'
import { VirtualDisplay } from './virtual-display.ts'

/** One token on the page. */
export interface TokenCard {
  readonly root: HTMLLIElement
  /** What the search looks at, in lower case. */
  readonly words: string
  refresh(nowMs: number): void
}

const COPIED_SHOWN_MS = 1500
const STYLES = { fob: 'PIN, then code', pinpad: 'PIN mixed in', 'tokencode-only': 'code only' } as const

export function tokenCard(holder: TokenHolder, token: ShownToken): TokenCard {
  const display = new VirtualDisplay(token)
  const { username, state } = holder
  const code = element('output', { class: 'code', 'aria-label': `Code of ${username}` })
  const left = element('progress', { max: String(token.intervalSeconds), 'aria-label': 'Time left' })
  const passcode = element('code')
  const copy = element('button', { type: 'button' }, 'Copy')
  const root = element(
    'li',
    { 'data-state': state },
    element('h2', {}, username, ' ', element('span', { class: 'state' }, state)),
    element('div', { class: 'device' }, code, ...(token.kind === 'hotp' ? [] : [left])),
    element('p', { class: 'passcode' }, passcodeLabel(token), passcode, ' ', copy),
    token.kind === 'hotp'
      ? pressButton(display, () => refresh(Date.now()))
      : driftSlider(display, username, () => refresh(Date.now())),
    element('p', { class: 'about' }, `${token.serial} · ${nameOf(token)} · ${STYLES[token.style]}`),
  )
  copy.addEventListener('click', () => {
    void copyPasscode()
  })
  const copyPasscode = async (): Promise<void> => {
    await navigator.clipboard.writeText(display.at(Date.now()).passcode)
    copy.textContent = 'Copied'
    setTimeout(() => {
      copy.textContent = 'Copy'
    }, COPIED_SHOWN_MS)
  }
  const refresh = (nowMs: number): void => {
    const shown = display.at(nowMs)
    setText(code, grouped(shown.code))
    setText(passcode, shown.passcode)
    if (shown.secondsLeft !== null) left.value = shown.secondsLeft
  }
  return { root, words: `${username} ${token.serial} ${state}`.toLowerCase(), refresh }
}

function setText(target: HTMLElement, text: string): void {
  if (target.textContent !== text) target.textContent = text
}

function passcodeLabel({ style, pin }: ShownToken): string {
  if (style === 'tokencode-only') return 'Type: '
  return pin === '' ? 'No PIN yet, type: ' : `PIN ${pin}, type: `
}

function nameOf({ kind, algorithm, digits, intervalSeconds }: ShownToken): string {
  const name = kind === 'securid' ? 'SecurID-format' : `${kind.toUpperCase()} ${algorithm}`
  return `${name} · ${digits} digits · ${kind === 'hotp' ? 'by presses' : `${intervalSeconds} s`}`
}

function grouped(code: string): string {
  const half = Math.ceil(code.length / 2)
  return `${code.slice(0, half)} ${code.slice(half)}`
}

function pressButton(display: VirtualDisplay, onChange: () => void): HTMLElement {
  const count = element('span', {}, ` counter ${display.counter}`)
  const button = element('button', { type: 'button' }, 'Press for the next code')
  button.addEventListener('click', () => {
    display.press()
    count.textContent = ` counter ${display.counter}`
    onChange()
  })
  return element('p', { class: 'drift' }, button, count)
}

function driftSlider(display: VirtualDisplay, username: string, onChange: () => void): HTMLElement {
  const words = element('span', { class: 'off' })
  const slider = element('input', {
    type: 'range',
    min: '-1000',
    max: '1000',
    step: '1',
    value: String(placeOfDrift(display.clockOffsetSeconds)),
    'aria-label': `Clock of ${username}’s token`,
  })
  const reset = element('button', { type: 'button' }, 'Right time')
  const show = (): void => {
    const said = clockWords(display.clockOffsetSeconds * MS_PER_SECOND)
    words.textContent = said
    slider.setAttribute('aria-valuetext', said)
  }
  const moveTo = (seconds: number): void => {
    display.clockOffsetSeconds = seconds
    show()
    onChange()
  }
  slider.addEventListener('input', () => moveTo(driftAtPlace(Number(slider.value))))
  reset.addEventListener('click', () => {
    slider.value = '0'
    moveTo(0)
  })
  show()
  return element('p', { class: 'drift' }, slider, words, reset)
}
