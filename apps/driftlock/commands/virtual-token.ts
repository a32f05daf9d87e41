import type { FormatToken } from '@driftlock/application'
import { addMs, type CodeSource, codeSource, mixPin, step, stepAt, type UnixMs } from '@driftlock/domain'

/** A token in software: what a device with this seed would show. Holds the seed. */
export interface VirtualToken {
  readonly serial: string
  readonly kind: 'securid' | 'totp' | 'hotp'
  readonly codes: CodeSource
  readonly intervalSeconds: number
  readonly t0Seconds: number
  /** The PIN is mixed into the code. */
  readonly mixesPin: boolean
  /** HOTP: where the file says that the device stands. */
  readonly counter: bigint
}

export function virtualToken(from: FormatToken): VirtualToken {
  if (from.from === 'oath') {
    const { serial, kind, algorithm, digits, intervalSeconds, t0Seconds, counter, secret } = from.token
    const record = { serial, kind, algorithm, digits, intervalSeconds, t0Seconds }
    return { serial, kind, codes: codeSource(record, secret), intervalSeconds, t0Seconds, mixesPin: false, counter }
  }
  const { serial, digits, intervalSeconds, seed, pinStyle } = from.token
  const record = { serial, kind: 'securid', algorithm: 'aes-128', digits, intervalSeconds, t0Seconds: 0 } as const
  return { ...record, codes: codeSource(record, seed), mixesPin: pinStyle === 'pinpad', counter: 0n }
}

export interface Display {
  readonly code: string
  /** Seconds the code is still shown; absent for HOTP. */
  readonly secondsLeft?: number
}

/** What the device shows when its own clock says `at`, and after that; with the PIN as the user would enter it. */
export function display(
  token: VirtualToken,
  at: UnixMs,
  { pin = '', ahead = 0 }: { readonly pin?: string; readonly ahead?: number },
): Display {
  if (token.kind === 'hotp') return { code: withPin(token, token.codes.code(step(token.counter + BigInt(ahead))), pin) }
  const intervalMs = token.intervalSeconds * 1000
  const shown = stepAt(token, addMs(at, ahead * intervalMs))
  const origin = token.kind === 'totp' ? token.t0Seconds * 1000 : 0
  const secondsLeft = Math.ceil((intervalMs - ((((at - origin) % intervalMs) + intervalMs) % intervalMs)) / 1000)
  return {
    code: withPin(token, token.codes.code(shown), pin),
    secondsLeft: secondsLeft + ahead * token.intervalSeconds,
  }
}

function withPin({ mixesPin }: VirtualToken, code: string, pin: string): string {
  return mixesPin ? mixPin(code, pin) : pin + code
}
