import { concatBytes, hexToBytes } from '@noble/hashes/utils.js'
import { decryptBlock, encryptBlock } from '../aes-block.ts'
import { formatCivilDay, parseCivilDay } from '../civil-date.ts'
import { pinStyleOf, type SecuridPinMode } from '../sdtid/sdtid-token.ts'
import { encodeUtf8 } from '../utf8.ts'
import { type DeviceIdLength, type ShortDeviceId, shortDeviceIds, shortDeviceIdToWrite } from './ctf-device-id.ts'
import { ctfHash, ctfHash15 } from './ctf-hash.ts'
import { type CtfOpening, type CtfReading, type CtfToken, ctfEpochDay, refuseCtf } from './ctf-token.ts'

const serialEnd = 13
const octalDigits = 63
const shortest = 81
const longest = 85
const maxPasswordBytes = 40
const keySuffix = hexToBytes('d8f532538289')

const flag = { aes: 14, password: 13, device: 12, appDerived: 11, mode: 10, timeDerived: 9 } as const

type Layout = {
  readonly encryptedSeed: Uint8Array
  readonly flags: number
  readonly day: number
  readonly seedCheck: number
  readonly deviceCheck: number
}

/** 189 bits as 63 octal digits, most significant first. Only the low three bits of a digit count. */
function bitsOf(octal: string): bigint {
  let bits = 0n
  for (const digit of octal) bits = (bits << 3n) | BigInt(Number(digit) & 7)
  return bits
}

function unpack(bits: bigint): Layout {
  const field = (first: number, width: number) => (bits >> BigInt(189 - first - width)) & ((1n << BigInt(width)) - 1n)
  return {
    encryptedSeed: hexToBytes(field(0, 128).toString(16).padStart(32, '0')),
    flags: Number(field(128, 16)),
    day: Number(field(144, 14)),
    seedCheck: Number(field(159, 15)),
    deviceCheck: Number(field(174, 15)),
  }
}

function pack(layout: Layout): string {
  let bits = 0n
  for (const byte of layout.encryptedSeed) bits = (bits << 8n) | BigInt(byte)
  bits = (bits << 16n) | BigInt(layout.flags)
  bits = (bits << 14n) | BigInt(layout.day)
  bits = (bits << 16n) | BigInt(layout.seedCheck) // one unused bit, then 15
  bits = (bits << 15n) | BigInt(layout.deviceCheck)
  return bits.toString(8).padStart(octalDigits, '0')
}

function deviceCheckOf(device: ShortDeviceId): number {
  const filled = new Uint8Array(device.length)
  filled.set(device.bytes)
  return ctfHash15(filled)
}

function passwordBytesOf(password: string | undefined): Uint8Array {
  return encodeUtf8(password ?? '').subarray(0, maxPasswordBytes)
}

function seedKey(password: string | undefined, device: ShortDeviceId): Uint8Array {
  return ctfHash(concatBytes(passwordBytesOf(password), device.bytes, keySuffix))
}

const noDevice: ShortDeviceId = { bytes: new Uint8Array(0), length: 32 }

/** The readings of the device id whose check fits; throws when the string is bound and none does. */
function fittingDevices(layout: Layout, version: 1 | 2, deviceId: string | undefined): ShortDeviceId[] {
  if (!(layout.flags & (1 << flag.device))) return [noDevice]
  if (!deviceId) throw refuseCtf('device-id-required', 'The token is bound to a device; its device id is needed.')
  const fitting = shortDeviceIds(deviceId, version).filter((device) => deviceCheckOf(device) === layout.deviceCheck)
  if (fitting.length === 0)
    throw refuseCtf('wrong-device-id', 'The token is bound to another device than the device id given.')
  return fitting
}

function openSeed(layout: Layout, version: 1 | 2, opening: CtfOpening): Uint8Array {
  const needsPassword = Boolean(layout.flags & (1 << flag.password))
  if (needsPassword && !opening.password)
    throw refuseCtf('password-required', 'The token is protected; its password is needed.')
  const password = needsPassword ? opening.password : undefined
  for (const device of fittingDevices(layout, version, opening.deviceId)) {
    const seed = decryptBlock(seedKey(password, device), layout.encryptedSeed)
    if (ctfHash15(seed) === layout.seedCheck) return seed
  }
  if (needsPassword) throw refuseCtf('wrong-password', 'The password does not open the token.')
  throw refuseCtf('bad-checksum', 'The seed does not fit its check: the token string is damaged.')
}

function checkText(text: string): 1 | 2 {
  if (text.length < shortest || text.length > longest)
    throw refuseCtf('wrong-length', `The token has ${text.length} digits instead of ${shortest} to ${longest}.`)
  const sumDigits = text.slice(-5)
  if (ctfHash15(encodeUtf8(text.slice(0, -5))) !== Number(bitsOf(sumDigits)))
    throw refuseCtf('bad-checksum', 'The checksum of the token does not fit: a digit is wrong or missing.')
  if (text[0] !== '1' && text[0] !== '2')
    throw refuseCtf('unsupported-version', 'The token is of a version other than 1 and 2.', 'version')
  return text[0] === '1' ? 1 : 2
}

/**
 * Reads the digits of a version 1 or 2 string (81, or up to 85 of which the last five are the checksum).
 * Throws `FormatError`; a wrong password slips through with chance 2^-15, a property of the format.
 */
export function readCtfDigits(text: string, opening: CtfOpening): CtfReading {
  const version = checkText(text)
  const layout = unpack(bitsOf(text.slice(serialEnd, serialEnd + octalDigits)))
  const has = (bit: number) => Boolean(layout.flags & (1 << bit))
  if (!has(flag.aes))
    throw refuseCtf('unsupported-algorithm', 'The token uses the old 64-bit algorithm; only AES tokens can be used.')
  const pinMode = ((layout.flags >> 3) & 3) as SecuridPinMode // two bits are 0-3
  return {
    version,
    serial: text.slice(1, serialEnd),
    seed: openSeed(layout, version, opening),
    digits: ((layout.flags >> 6) & 7) + 1,
    intervalSeconds: (layout.flags & 3) === 0 ? 30 : 60,
    pinMode,
    pinStyle: pinStyleOf(pinMode),
    death: formatCivilDay(layout.day + ctfEpochDay, '-'),
    mode: has(flag.mode),
    appDerivedSeeds: has(flag.appDerived),
    timeDerivedSeeds: has(flag.timeDerived),
    isPasswordProtected: has(flag.password),
    isDeviceBound: has(flag.device),
  }
}

function flagsOf(token: CtfToken, opening: CtfOpening): number {
  const bit = (isSet: boolean, place: number) => (isSet ? 1 << place : 0)
  return (
    bit(true, flag.aes) |
    bit(Boolean(opening.password), flag.password) |
    bit(Boolean(opening.deviceId), flag.device) |
    bit(token.appDerivedSeeds, flag.appDerived) |
    bit(token.mode, flag.mode) |
    bit(token.timeDerivedSeeds, flag.timeDerived) |
    ((token.digits - 1) << 6) |
    (token.pinMode << 3) |
    (token.intervalSeconds === 60 ? 1 : 0)
  )
}

/** What the digits are written for: version 1 has the same layout, but reads another part of a device id. */
export type CtfDigitsForm = { readonly version: 1 | 2; readonly deviceIdLength: DeviceIdLength }

function checkOpening(opening: CtfOpening, device: ShortDeviceId): void {
  if (encodeUtf8(opening.password ?? '').length > maxPasswordBytes)
    throw refuseCtf('cannot-write', `The password is longer than ${maxPasswordBytes} bytes.`, 'password')
  if (opening.deviceId && device.bytes.length === 0)
    throw refuseCtf(
      'cannot-write',
      'The device id holds nothing that this version could bind the token to.',
      'deviceId',
    )
}

/**
 * Writes the 81 digits of version 1 or 2. `deviceIdLength` depends on the spelling that the digits are going into.
 * Throws `FormatError` `cannot-write` for a day outside 2000-01-01 … 2044-11-08 or an over-long password.
 */
export function writeCtfDigits(token: CtfToken, opening: CtfOpening, form: CtfDigitsForm): string {
  const { version, deviceIdLength } = form
  const device = shortDeviceIdToWrite(opening.deviceId ?? '', version, deviceIdLength)
  checkOpening(opening, device)
  const day = (parseCivilDay(token.death, '-') ?? -1) - ctfEpochDay
  if (day < 0 || day >= 1 << 14)
    throw refuseCtf('cannot-write', 'The last valid day is not between 2000-01-01 and 2044-11-08.', 'death')
  const octal = pack({
    encryptedSeed: encryptBlock(seedKey(opening.password, device), token.seed),
    flags: flagsOf(token, opening),
    day,
    seedCheck: ctfHash15(token.seed),
    deviceCheck: deviceCheckOf(device),
  })
  const body = `${version}${token.serial}${octal}`
  return body + ctfHash15(encodeUtf8(body)).toString(8).padStart(5, '0')
}
