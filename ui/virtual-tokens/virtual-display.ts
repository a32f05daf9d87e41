import { codeSource, mixPin, MS_PER_SECOND, middleOfStepMs, step, stepAt, unixMs } from '@driftlock/domain'
import type { ShownToken } from './token-holder.ts'

/** What a token shows at a moment. */
export interface Display {
  /** The digits on the token. */
  readonly code: string
  /** What its user types at a passcode prompt; '' where a PIN is not set yet. */
  readonly passcode: string
  /** How long the code stays, in whole seconds; null for a token that counts presses. */
  readonly secondsLeft: number | null
}

/** A token that lives in the page: its clock can be put wrong, its button pressed. */
export class VirtualDisplay {
  readonly token: ShownToken
  clockOffsetSeconds: number
  #counter: bigint
  readonly #source: ReturnType<typeof codeSource>
  readonly #timed: { kind: ShownToken['kind']; intervalSeconds: number; t0Seconds: number }

  constructor(token: ShownToken) {
    const { serial, kind, algorithm, digits, intervalSeconds, seedHex, clockOffsetSeconds, counter } = token
    this.token = token
    this.clockOffsetSeconds = clockOffsetSeconds
    this.#counter = BigInt(counter)
    this.#timed = { kind, intervalSeconds, t0Seconds: 0 }
    this.#source = codeSource({ ...this.#timed, serial, algorithm, digits }, octetsOf(seedHex))
  }

  get counter(): bigint {
    return this.#counter
  }

  /** The button of a counting token. */
  press(): void {
    this.#counter += 1n
  }

  /** @param nowMs the browser's clock; the token's own may be off. */
  at(nowMs: number): Display {
    const { kind, intervalSeconds, pin, style } = this.token
    const tokenTime = unixMs(nowMs + this.clockOffsetSeconds * MS_PER_SECOND)
    const current = kind === 'hotp' ? step(this.#counter) : stepAt(this.#timed, tokenTime)
    const tokencode = this.#source.code(current)
    const code = style === 'pinpad' && pin !== '' ? mixPin(tokencode, pin) : tokencode
    return {
      code,
      passcode: style === 'fob' ? `${pin}${code}` : code,
      secondsLeft:
        kind === 'hotp'
          ? null
          : Math.ceil((middleOfStepMs(this.#timed, current) - tokenTime) / MS_PER_SECOND + intervalSeconds / 2),
    }
  }
}

function octetsOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}
