import { codeSource, step, stepAt, unixMs } from '@driftlock/domain'
import type { DemoToken } from './demo-report.ts'

/** A token in a hand: shows what its clock, right or wrong, makes it show. */
export class VirtualToken {
  readonly #token: DemoToken
  readonly #source: ReturnType<typeof codeSource>
  readonly #timed: { kind: DemoToken['kind']; intervalSeconds: number; t0Seconds: number }
  clockOffsetMs: number

  constructor(token: DemoToken) {
    const { serial, kind, algorithm, digits, intervalSeconds, seedHex, clockOffsetSeconds } = token
    this.#token = token
    this.#timed = { kind, intervalSeconds, t0Seconds: 0 }
    // The demo names its algorithms as the domain does.
    const record = { ...this.#timed, serial, digits, algorithm } as Parameters<typeof codeSource>[0]
    this.#source = codeSource(record, Buffer.from(seedHex, 'hex'))
    this.clockOffsetMs = clockOffsetSeconds * 1000
  }

  get pin(): string {
    return this.#token.pin
  }

  /** The tokencode of now, or of some changes later or earlier; of HOTP the one of so many presses. */
  tokencode(changes = 0): string {
    if (this.#timed.kind === 'hotp') return this.#source.code(step(BigInt(this.#token.counter) + BigInt(changes)))
    const now = stepAt(this.#timed, unixMs(Date.now() + this.clockOffsetMs))
    return this.#source.code(step(now + BigInt(changes)))
  }

  /** PIN and tokencode as they are typed. */
  passcode(changes = 0): string {
    return `${this.#token.pin}${this.tokencode(changes)}`
  }
}
