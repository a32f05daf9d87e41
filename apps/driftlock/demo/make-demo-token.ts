import { randomBytes, randomInt } from 'node:crypto'
import { type NewToken, seedContext, uniqueId } from '@driftlock/application'
import {
  addMs,
  type ClockEstimate,
  defaultWindows,
  type EmergencyAccess,
  emergencyAccessOf,
  FRESH_TOKEN_STATE,
  INITIAL_POLICIES,
  makePinVerifier,
  type PinState,
  proposeEmergencyAccess,
  type TokenRecord,
  type TokenState,
  UNKNOWN_CLOCK,
  type UnixMs,
} from '@driftlock/domain'
import type { Instance } from '../instance/open-instance.ts'
import type { DemoState, DemoTokenKind } from './demo-people.ts'
import type { DemoToken } from './demo-report.ts'

export interface DemoTokenOrder {
  readonly kind: DemoTokenKind
  readonly serial: string
  readonly state: DemoState
  /** `null` = it belongs to nobody yet, and has no PIN. */
  readonly userId: string | null
  readonly securityDomainId: string
  readonly now: UnixMs
}

export interface MadeDemoToken {
  readonly row: NewToken
  readonly shown: DemoToken
  readonly emergencyCodes: readonly string[]
}

const ONE_DAY_MS = 86_400_000
const LIFETIME_DAYS = 3 * 365
const SEED_OCTETS = { sha1: 20, sha256: 32, sha512: 64, 'aes-128': 16 } as const

/** A token with a seed of its own, in the state that its holder is to be found in. */
export function makeDemoToken(instance: Instance, order: DemoTokenOrder): MadeDemoToken {
  const { kind, state, now } = order
  const id = uniqueId(instance)
  const seed = Uint8Array.from(randomBytes(SEED_OCTETS[kind.algorithm]))
  const pin = hasNoPin(order) ? '' : String(randomInt(2000, 9_900))
  const keys = instance.keys.pinKeys()
  const pinState: PinState | null =
    pin === '' ? null : { verifier: makePinVerifier(pin, id, keys), length: pin.length, setAt: now, history: [] }
  const emergency = state === 'lost' ? emergencyOf(instance, id, now) : undefined
  const row: NewToken = {
    token: {
      record: recordOf(order, id),
      state: stateOf(order, pinState, emergency?.access ?? null),
      securityDomainId: order.securityDomainId,
      nickname: '',
      notes: '',
      origin: 'demo',
      importedAt: now,
      assignedAt: order.userId === null ? null : now,
      distribution: null,
      replacedByTokenId: null,
      leavesWindowAt: null,
      username: null,
    },
    seed: instance.keys.seal('seed', seedContext(id), seed),
    seedFingerprint: null,
  }
  return { row, shown: shownOf(order, seed, pin), emergencyCodes: emergency?.codes ?? [] }
}

function hasNoPin({ kind, state, userId }: DemoTokenOrder): boolean {
  return kind.style === 'tokencode-only' || state === 'new-pin' || userId === null
}

function stateOf(
  { kind, state, now }: DemoTokenOrder,
  pin: PinState | null,
  emergency: EmergencyAccess | null,
): TokenState {
  return {
    ...FRESH_TOKEN_STATE,
    clock: kind.kind === 'hotp' ? UNKNOWN_CLOCK : knownClock(now),
    badTokencodeCount: state === 'next-tokencode' ? 3 : 0,
    pin,
    newPinRequired: state === 'new-pin' && kind.style !== 'tokencode-only',
    lost: state === 'lost',
    emergency,
  }
}

function recordOf({ kind, serial, state, userId, now }: DemoTokenOrder, id: string): TokenRecord {
  const { formFactor, algorithm, digits, intervalSeconds, style } = kind
  return {
    id,
    serial,
    kind: kind.kind,
    formFactor,
    algorithm,
    digits,
    intervalSeconds,
    t0Seconds: 0,
    passcodeStyle: style,
    windows: defaultWindows(kind.kind, formFactor, intervalSeconds),
    enabled: true,
    startsAt: null,
    expiresAt: addMs(now, state === 'expired' ? -ONE_DAY_MS : LIFETIME_DAYS * ONE_DAY_MS),
    userId,
  }
}

/** A clock that was seen yesterday and was right: a token that has gone astray since is then told from one that is new. */
function knownClock(now: UnixMs): ClockEstimate {
  const measuredAt = addMs(now, -ONE_DAY_MS)
  return { ...UNKNOWN_CLOCK, offsetVarianceMs2: 5_000 ** 2, rateVariancePpm2: 0.01, measuredAt, measurements: 3 }
}

function emergencyOf(
  instance: Instance,
  tokenId: string,
  now: UnixMs,
): { readonly access: EmergencyAccess; readonly codes: readonly string[] } {
  const settings = {
    method: { type: 'one-time-set', count: 5 },
    expiresAt: addMs(now, 7 * ONE_DAY_MS),
    ifTokenBecomesAvailable: 'deny',
  } as const
  const format = INITIAL_POLICIES.token.emergencyCode
  const proposal = proposeEmergencyAccess(settings, format, instance.random.bytes(64))
  const saving = { tokenId, keys: instance.keys.pinKeys(), now, pinNeeded: true }
  return { access: emergencyAccessOf(proposal, saving), codes: proposal.codes }
}

function shownOf({ kind, serial }: DemoTokenOrder, seed: Uint8Array, pin: string): DemoToken {
  const isCounter = kind.kind === 'hotp'
  return {
    serial,
    kind: kind.kind,
    algorithm: kind.algorithm,
    digits: kind.digits,
    intervalSeconds: kind.intervalSeconds,
    counter: isCounter ? String(kind.offset) : '0',
    seedHex: Buffer.from(seed).toString('hex'),
    pin,
    style: kind.style,
    clockOffsetSeconds: isCounter ? 0 : kind.offset,
  }
}
