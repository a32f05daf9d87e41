import type { ClockEstimate } from '../drift/clock-estimate.ts'
import { defaultWindows } from '../drift/windows.ts'
import { newPinState } from '../pin/new-pin-state.ts'
import { MS_PER_MINUTE, type Step, step, type UnixMs, unixMs } from '../time.ts'
import { FRESH_TOKEN_STATE } from '../token/fresh-token-state.ts'
import type { Token, TokenKind, TokenRecord, TokenState } from '../token/token.ts'
import { codeSource } from '../tokencode/code-source.ts'
import { mixPin } from '../tokencode/pinpad.ts'
import { stepAt } from '../tokencode/steps.ts'
import { testPinKeys } from './pin-keys.ts'

/** Monday 5 January 2026, 12:00:30 UTC: the middle of an interval of 60 s. */
export const NOON = unixMs(Date.UTC(2026, 0, 5, 12, 0, 30))
export const ALICES_PIN = '4711'

/** A clock that was measured often and found right: the windows of a key fob are 1, 3 and 10 steps. */
export const WATCHED_CLOCK: ClockEstimate = {
  offsetMs: 0,
  ratePpm: 0,
  offsetVarianceMs2: 1e8,
  offsetRateCovariance: 0,
  rateVariancePpm2: 0,
  measuredAt: NOON,
  measurements: 6,
}

export interface TokenSpec {
  readonly id?: string
  readonly kind?: TokenKind
  /** null = none set yet. */
  readonly pin?: string | null
  readonly record?: Partial<TokenRecord>
  readonly state?: Partial<TokenState>
  /** Fills every byte of the seed. */
  readonly seed?: number
  readonly pendingSeed?: number
  readonly voidedSeed?: number
}

/** A token of Alice: a 60 s TOTP key fob with PIN 4711 unless told otherwise. */
export function aToken(spec: TokenSpec = {}): Token {
  const record = recordOf(spec)
  return {
    record,
    state: stateOf(spec, record),
    seed: seedOf(spec.seed ?? 7),
    ...(spec.pendingSeed !== undefined && { pendingSeed: seedOf(spec.pendingSeed) }),
    ...(spec.voidedSeed !== undefined && { voidedSeeds: [seedOf(spec.voidedSeed)] }),
  }
}

function recordOf({ id = 'token-1', kind = 'totp', record: changes }: TokenSpec): TokenRecord {
  const formFactor = changes?.formFactor ?? 'key-fob'
  const intervalSeconds = changes?.intervalSeconds ?? (kind === 'hotp' ? 0 : 60)
  return {
    id,
    serial: `00031234567${id.slice(-1)}`,
    kind,
    formFactor,
    algorithm: kind === 'securid' ? 'aes-128' : 'sha1',
    digits: 6,
    intervalSeconds,
    t0Seconds: 0,
    passcodeStyle: 'fob',
    windows: defaultWindows(kind, formFactor, intervalSeconds),
    enabled: true,
    startsAt: null,
    expiresAt: null,
    userId: 'alice',
    ...changes,
  }
}

function stateOf({ pin = ALICES_PIN, pendingSeed, state }: TokenSpec, { id, passcodeStyle }: TokenRecord): TokenState {
  const kept = { previous: null, tokenId: id, keys: testPinKeys(), now: NOON, historyCount: 3 }
  return {
    ...FRESH_TOKEN_STATE,
    version: 3,
    clock: WATCHED_CLOCK,
    pin: pin === null || passcodeStyle === 'tokencode-only' ? null : newPinState(pin, kept),
    pendingSeed: pendingSeed !== undefined,
    ...state,
  }
}

export function seedOf(fill: number): Uint8Array {
  return new Uint8Array(16).fill(fill)
}

/** The code a device shows at a step; by another seed where one is given. */
export function codeAt(token: Token, at: Step | bigint | number, seed = token.seed): string {
  return codeSource(token.record, seed).code(step(at))
}

/** The step of a time token whose clock is right. */
export function stepNow(token: Token, now: UnixMs): Step {
  return stepAt(token.record, now)
}

/** What a user reads off a time token (`off` steps from the right one) and types with this PIN. */
export function passcodeOf(
  token: Token,
  now: UnixMs,
  typed: { pin?: string; off?: number; seed?: number } = {},
): string {
  const { pin = ALICES_PIN, off = 0, seed } = typed
  const code = codeAt(token, stepNow(token, now) + BigInt(off), seed === undefined ? token.seed : seedOf(seed))
  return withPin(token, code, pin)
}

/** PIN and tokencode as this token's style joins them. */
export function withPin(token: Token, code: string, pin: string): string {
  if (token.record.passcodeStyle === 'tokencode-only' || pin === '') return code
  return token.record.passcodeStyle === 'pinpad' ? mixPin(code, pin) : pin + code
}

/** A code of the token's length that it shows at no step within three hours. */
export function wrongCode(token: Token, now: UnixMs, start = 0): string {
  const centre = token.record.kind === 'hotp' ? token.state.highWaterStep : stepNow(token, now)
  const reach = token.record.kind === 'hotp' ? 120n : BigInt(Math.ceil((180 * MS_PER_MINUTE) / 60_000))
  const from = centre - reach < 0n ? 0n : centre - reach
  const shown = new Set(codeSource(token.record, token.seed).codes(step(from), step(centre + reach)))
  for (let number = start; ; number++) {
    const code = String(number).padStart(token.record.digits, '0')
    if (!shown.has(code)) return code
  }
}
