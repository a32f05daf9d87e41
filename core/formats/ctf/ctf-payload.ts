import { formatCivilDay, parseCivilDay } from '../civil-date.ts'
import { type SecuridPinStyle, pinStyleOf } from '../sdtid/sdtid-token.ts'
import { encodeUtf8 } from '../utf8.ts'
import { type CtfToken, refuseCtf } from './ctf-token.ts'

const payloadBytes = 160
const pinpadByte = 0x21
const fobByte = 0x1f
/** Dates are Unix milliseconds divided by 256. */
const unitsPerDay = 337_500

const offset = { serial: 0, seed: 16, constant: 32, mode: 34, digits: 35, pin: 36, interval: 37, birth: 40, death: 48 }

function readDay(payload: Uint8Array, at: number): number {
  let value = 0
  for (const byte of payload.subarray(at, at + 5)) value = value * 256 + byte
  return Math.floor(value / unitsPerDay)
}

function writeDay(payload: Uint8Array, at: number, day: number): void {
  let value = day * unitsPerDay
  for (let index = at + 4; index >= at; index--) {
    payload[index] = value % 256
    value = Math.floor(value / 256)
  }
}

function readSerial(payload: Uint8Array): string {
  const text = String.fromCharCode(...payload.subarray(offset.serial, offset.serial + 16)).replace(/\0+$/, '')
  if (!/^\d{1,12}$/.test(text))
    throw refuseCtf('invalid-field', 'The serial is not a number of up to 12 digits.', 'serial')
  return text.padStart(12, '0')
}

function isoDay(payload: Uint8Array, at: number, field: string): string {
  const day = readDay(payload, at)
  if (day > 2_932_896) throw refuseCtf('invalid-field', `The ${field} is after the year 9999.`, field)
  return formatCivilDay(day, '-')
}

/** Reads the opened content of a version 3 or 4 token. Throws `FormatError` `invalid-field`. */
export function readCtfPayload(payload: Uint8Array): CtfToken & { readonly pinStyle: SecuridPinStyle } {
  if (payload.length < payloadBytes)
    throw refuseCtf('invalid-field', 'The content of the token is too short.', 'payload')
  const digits = payload[offset.digits] ?? 0
  if (digits < 1 || digits > 8)
    throw refuseCtf('invalid-field', 'The number of digits is not between 1 and 8.', 'digits')
  const intervalSeconds = payload[offset.interval]
  if (intervalSeconds !== 30 && intervalSeconds !== 60)
    throw refuseCtf('invalid-field', 'The interval is neither 30 nor 60 seconds.', 'interval')
  const pinMode = payload[offset.pin] === fobByte ? 0 : 2
  return {
    serial: readSerial(payload),
    seed: payload.slice(offset.seed, offset.seed + 16),
    digits,
    intervalSeconds,
    pinMode,
    pinStyle: pinStyleOf(pinMode),
    birth: readDay(payload, offset.birth) === 0 ? undefined : isoDay(payload, offset.birth, 'birth'),
    death: isoDay(payload, offset.death, 'death'),
    mode: payload[offset.mode] !== 0,
    appDerivedSeeds: false,
    timeDerivedSeeds: true,
  }
}

function dayToWrite(field: string, isoDate: string): number {
  const day = parseCivilDay(isoDate, '-')
  if (day === undefined || day < 0)
    throw refuseCtf('cannot-write', `The ${field} is not a date of the form YYYY-MM-DD from 1970 on.`, field)
  return day
}

/** Writes the content of a version 3 or 4 token, 160 bytes. Throws `FormatError` `cannot-write` for impossible dates. */
export function writeCtfPayload(token: CtfToken): Uint8Array {
  const payload = new Uint8Array(payloadBytes)
  payload.set(encodeUtf8(token.serial), offset.serial)
  payload.set(token.seed, offset.seed)
  payload.set([1, 1], offset.constant)
  payload[offset.mode] = token.mode ? 1 : 0
  payload[offset.digits] = token.digits
  payload[offset.pin] = token.pinMode >= 2 ? pinpadByte : fobByte
  payload[offset.interval] = token.intervalSeconds
  if (token.birth !== undefined) writeDay(payload, offset.birth, dayToWrite('birth', token.birth))
  writeDay(payload, offset.death, dayToWrite('death', token.death))
  return payload
}
