import { MS_PER_DAY, type UnixMs } from '@driftlock/domain'
import {
  type CtfSpelling,
  FormatError,
  formatOtpauth,
  type OathAlgorithm,
  type SecuridPinMode,
  writeCtf,
  writeSdtid,
} from '@driftlock/formats'
import { ApplicationError } from '../errors/application-error.ts'
import type { Random } from '../ports/random.ts'
import type { ManagedToken } from '../ports/token-store.ts'
import type { ManagedUser } from '../ports/user-store.ts'
import { refuseCloudManaged } from '../tokens/refuse-cloud-managed.ts'

/** How a software token goes to its device. Passwords protect what is sent; a device id binds it to one device. */
export type DistributionMethod =
  | { readonly type: 'sdtid'; readonly password?: string; readonly deviceId?: string }
  | {
      readonly type: 'ctf'
      readonly spelling: CtfSpelling
      readonly password?: string
      readonly deviceId?: string
    }
  | { readonly type: 'otpauth'; readonly issuer: string; readonly deviceId?: never }

/** What to give to the user. Secret: `text` holds the seed. */
export interface Distributed {
  readonly serial: string
  readonly method: DistributionMethod['type']
  /** For a download. */
  readonly fileName: string
  readonly text: string
}

export interface DistributionWork {
  readonly token: ManagedToken
  readonly user: ManagedUser
  readonly seed: Uint8Array
  readonly method: DistributionMethod
  /** HOTP: the counter the device begins with. */
  readonly nextCounter: bigint
  readonly random: Random
}

/** @throws ApplicationError `DISTRIBUTION_UNSUITABLE` when the format cannot hold this token; `TOKEN_CLOUD_MANAGED`. */
export function writeDistribution(work: DistributionWork): Distributed {
  refuseCloudManaged(work.token)
  const { serial } = work.token.record
  const { type } = work.method
  try {
    return {
      serial,
      method: type,
      fileName: `${serial.replace(/[^\w-]/g, '_')}.${FILE_ENDINGS[type]}`,
      text: textOf(work),
    }
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    throw new ApplicationError('DISTRIBUTION_UNSUITABLE', { serial, method: type, cause: error.message })
  }
}

const FILE_ENDINGS = { sdtid: 'sdtid', ctf: 'txt', otpauth: 'txt' } as const

function textOf(work: DistributionWork): string {
  const { token, method } = work
  const { serial, formFactor, kind } = token.record
  const refuse = (cause: string) =>
    new ApplicationError('DISTRIBUTION_UNSUITABLE', { serial, method: method.type, cause })
  if (formFactor !== 'software' && kind === 'securid') throw refuse('it is a hardware token.')
  if (method.type === 'otpauth') {
    if (kind === 'securid') throw refuse('a SecurID-format token goes as an sdtid file or a CTF string.')
    return otpauthText(work, method.issuer)
  }
  if (kind !== 'securid') throw refuse('a TOTP or HOTP token goes as an otpauth link.')
  return method.type === 'sdtid' ? sdtidText(work, method) : ctfText(work, method)
}

function otpauthText({ token, user, seed, nextCounter }: DistributionWork, issuer: string): string {
  const { kind, algorithm, digits, intervalSeconds, t0Seconds } = token.record
  const oath = {
    kind: kind === 'hotp' ? 'hotp' : 'totp',
    // Only SecurID-format tokens have another algorithm, and those were refused.
    algorithm: algorithm as OathAlgorithm,
    secret: seed,
    digits,
    intervalSeconds: kind === 'hotp' ? 30 : intervalSeconds,
    t0Seconds,
    counter: nextCounter,
  } as const
  return formatOtpauth(oath, { issuer, account: user.user.username })
}

function sdtidText(
  { token, user, seed, random }: DistributionWork,
  method: Extract<DistributionMethod, { type: 'sdtid' }>,
) {
  const { firstName, lastName } = user
  const { startsAt, windows } = token.record
  return writeSdtid({
    secret: random.bytes(16),
    password: method.password,
    tokens: [
      {
        ...securidParts(token, seed),
        birth: startsAt === null ? undefined : isoDay(startsAt),
        userFirstName: firstName,
        userLastName: lastName,
        userLogin: user.user.username,
        nickname: token.nickname,
        deviceSerialNumber: method.deviceId,
        smallWindowSeconds: windows.small,
        mediumWindowSeconds: windows.medium,
        largeWindowSeconds: windows.large,
        formFactor: '20000001',
        copyProtection: true,
        keypad: token.record.passcodeStyle === 'pinpad',
        timeDerivedSeeds: true,
        appDerivedSeeds: false,
      },
    ],
  })
}

/** Version 2 is what every app reads. */
function ctfText({ token, seed }: DistributionWork, method: Extract<DistributionMethod, { type: 'ctf' }>): string {
  const { password, deviceId, spelling } = method
  const parts = securidParts(token, seed)
  const ctf = {
    ...parts,
    mode: false,
    appDerivedSeeds: false,
    timeDerivedSeeds: true,
    death: parts.death ?? '2099-12-31',
  }
  return writeCtf({ version: 2, spelling, password, deviceId, token: ctf })
}

function securidParts({ record }: ManagedToken, seed: Uint8Array) {
  const pinMode: SecuridPinMode = record.passcodeStyle === 'pinpad' ? 2 : 0
  return {
    serial: record.serial,
    seed,
    digits: record.digits,
    intervalSeconds: record.intervalSeconds === 30 ? 30 : 60,
    pinMode,
    // The last valid day, which ends where the token's time does.
    death: record.expiresAt === null ? undefined : isoDay((record.expiresAt - MS_PER_DAY) as UnixMs),
  } as const
}

function isoDay(instant: UnixMs): string {
  return new Date(instant).toISOString().slice(0, 10)
}
