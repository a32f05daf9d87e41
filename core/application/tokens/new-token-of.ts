import {
  addSteps,
  defaultWindows,
  type FormFactor,
  FRESH_TOKEN_STATE,
  keyedHash,
  MS_PER_DAY,
  MS_PER_SECOND,
  NO_STEP,
  type PasscodeStyle,
  step,
  type TokenRecord,
  type TokenWindows,
  UNKNOWN_CLOCK,
  type UnixMs,
  unixMs,
} from '@driftlock/domain'
import type { CtfReading, OathToken, SdtidToken } from '@driftlock/formats'
import { seedContext } from '../authentication/snapshot-of.ts'
import type { KeyRing } from '../ports/key-ring.ts'
import type { NewToken } from '../ports/token-store.ts'
import { hexOf } from '../text-bytes.ts'
import type { FormatToken } from './import-formats.ts'

/** Where a token comes from and goes to. */
export interface ImportPlace {
  /** The stored token's id where there is one of this serial: the seed is sealed for it. */
  readonly id: string
  readonly securityDomainId: string
  readonly origin: string
  readonly now: UnixMs
  /** For OATH tokens, whose files do not say it. */
  readonly formFactor: FormFactor
  readonly passcodeStyle: PasscodeStyle
}

/** What the formats say, in the domain's terms. */
interface Described {
  readonly record: Omit<TokenRecord, 'id' | 'enabled' | 'userId'>
  readonly seed: Uint8Array
  readonly counter: bigint
  readonly driftMs: number
  readonly nickname: string
}

/**
 * A token of a file as it is stored: unassigned and enabled, so that assigning it is all that is left to do. Its seed is
 * sealed for its row. Windows come from the file, else from its kind (authentication-manager §1.1); it counts until the end
 * of its last valid day (UTC); an HOTP counter of n means that n is the next to be used.
 */
export function newTokenOf(from: FormatToken, place: ImportPlace, keys: KeyRing): NewToken {
  const { record, seed, counter, driftMs, nickname } = describe(from, place)
  return {
    token: {
      record: { ...record, id: place.id, enabled: true, userId: null },
      state: {
        ...FRESH_TOKEN_STATE,
        highWaterStep: record.kind === 'hotp' ? addSteps(step(counter), -1) : NO_STEP,
        clock: { ...UNKNOWN_CLOCK, offsetMs: driftMs },
      },
      securityDomainId: place.securityDomainId,
      nickname,
      notes: '',
      origin: place.origin,
      importedAt: place.now,
      assignedAt: null,
      distribution: null,
      replacedByTokenId: null,
      leavesWindowAt: null,
      username: null,
    },
    seed: keys.seal('seed', seedContext(place.id), seed),
    seedFingerprint: seedFingerprint(keys, record.serial, seed),
  }
}

/** Tells a re-import of the same seed from a new one; keyed, so that it tells nobody else anything. */
export function seedFingerprint(keys: KeyRing, serial: string, seed: Uint8Array): Uint8Array {
  return keyedHash(keys.pinKeys().current.key, ['driftlock seed fingerprint 1', serial, hexOf(seed)])
}

export function serialOf({ token }: FormatToken): string {
  return token.serial
}

function describe(from: FormatToken, place: ImportPlace): Described {
  switch (from.from) {
    case 'sdtid':
      return describeSdtid(from.token)
    case 'ctf':
      return describeCtf(from.token)
    case 'oath':
      return describeOath(from.token, place)
  }
}

function securid(token: SdtidToken | CtfReading, formFactor: FormFactor, windows?: Partial<TokenWindows>) {
  const { serial, digits, intervalSeconds, pinStyle, birth, death, seed } = token
  return {
    seed,
    counter: 0n,
    driftMs: 0,
    record: {
      serial,
      kind: 'securid',
      formFactor,
      algorithm: 'aes-128',
      digits,
      intervalSeconds,
      t0Seconds: 0,
      passcodeStyle: pinStyle,
      windows: { ...defaultWindows('securid', formFactor, intervalSeconds), ...windows },
      startsAt: birth === undefined ? null : startOfDay(birth),
      expiresAt: death === undefined ? null : unixMs(startOfDay(death) + MS_PER_DAY),
    },
  } as const
}

/** A form factor of `20000001` is software by custom; a keypad makes a PINPad. */
function describeSdtid(token: SdtidToken): Described {
  const software = token.formFactor?.startsWith('2') ?? false
  const formFactor = software ? 'software' : token.keypad ? 'pinpad' : 'key-fob'
  const { smallWindowSeconds: small, mediumWindowSeconds: medium, largeWindowSeconds: large } = token
  // Files give all three or none; a half set would not be ordered for certain.
  const complete = small !== undefined && medium !== undefined && large !== undefined
  const windows = complete && small > 0 && small <= medium && medium <= large ? { small, medium, large } : undefined
  return { ...securid(token, formFactor, windows), nickname: token.nickname ?? '' }
}

function describeCtf(token: CtfReading): Described {
  return { ...securid(token, 'software'), nickname: '' }
}

function describeOath(token: OathToken, { formFactor, passcodeStyle }: ImportPlace): Described {
  const { serial, kind, algorithm, digits, counter, t0Seconds, startDate, expiryDate, timeDriftSteps = 0 } = token
  const intervalSeconds = kind === 'hotp' ? 0 : token.intervalSeconds
  return {
    seed: token.secret,
    counter,
    driftMs: timeDriftSteps * intervalSeconds * MS_PER_SECOND,
    nickname: [token.manufacturer, token.model]
      .filter((part) => part !== undefined)
      .join(' ')
      .slice(0, 128),
    record: {
      serial,
      kind,
      formFactor,
      algorithm,
      digits,
      intervalSeconds,
      t0Seconds: kind === 'hotp' ? 0 : t0Seconds,
      passcodeStyle,
      windows: defaultWindows(kind, formFactor, intervalSeconds),
      startsAt: startDate === undefined ? null : unixMs(Date.parse(startDate)),
      expiresAt: expiryDate === undefined ? null : unixMs(Date.parse(expiryDate)),
    },
  }
}

function startOfDay(isoDate: string): UnixMs {
  return unixMs(Date.parse(`${isoDate}T00:00:00Z`))
}
