import { base64 } from '@scure/base'
import { parseCivilDay } from '../civil-date.ts'
import { FormatError, type FormatErrorCode, type FormatRecord } from '../format-error.ts'
import { leafText, lookUp, type SdtidSection, trimBlanks } from './sdtid-section.ts'
import { pinStyleOf, type SdtidToken, type SecuridPinMode } from './sdtid-token.ts'

/** A refusal in an sdtid file; `field` and `record` where they are known. */
export function refuseSdtid(
  code: FormatErrorCode,
  message: string,
  place: { readonly field?: string | undefined; readonly record?: FormatRecord | undefined } = {},
): FormatError {
  return new FormatError({ format: 'sdtid', code, ...place }, message)
}

/** Reads base64 of exactly 16 bytes. The text itself never appears in the error. */
export function readBlock(text: string | undefined, field: string, record?: FormatRecord): Uint8Array {
  if (text === undefined) throw refuseSdtid('missing-field', `${field} is missing.`, { field, record })
  try {
    const bytes = base64.decode(text)
    if (bytes.length === 16) return bytes
  } catch {
    // Falls through: any spelling that is not base64 is refused alike.
  }
  throw refuseSdtid('invalid-field', `${field} is not the base64 of 16 bytes.`, { field, record })
}

/** Base64 without blank space inside; undefined stays undefined. */
export function withoutBlanks(text: string | undefined): string | undefined {
  return text?.replace(/[ \t\r\n]+/g, '')
}

/** One junk character stands before the base64 of a seed; where it is a blank it has gone with the blanks. */
function withoutJunk(text: string | undefined): string | undefined {
  const compact = withoutBlanks(text)
  return compact?.length === 24 ? compact : compact?.slice(1)
}

/** What one `TKN` says, looked up with the header's defaults, before anything is decrypted. */
export type SdtidFields = {
  readonly record: FormatRecord
  readonly text: (name: string) => string | undefined
  readonly integer: (name: string) => number | undefined
  readonly flag: (name: string) => boolean
  readonly date: (name: string) => string | undefined
  readonly refuse: (code: FormatErrorCode, field: string, cause: string) => FormatError
}

/** Typed access to a token's fields. A blank field counts as absent, as the files use one blank for "nothing". */
export function fieldsOf(header: SdtidSection, token: SdtidSection, record: FormatRecord): SdtidFields {
  const refuse: SdtidFields['refuse'] = (code, field, cause) =>
    refuseSdtid(code, `Token ${record.serial ?? `number ${record.number}`}: ${field} ${cause}.`, { field, record })

  const text = (name: string) => trimBlanks(lookUp(header, token, name) ?? '') || undefined

  const integer = (name: string) => {
    const written = text(name)
    if (written === undefined) return undefined
    if (!/^\d{1,9}$/.test(written)) throw refuse('invalid-field', name, 'is not a whole number of up to nine digits')
    return Number(written)
  }

  const flag = (name: string) => {
    const value = integer(name) ?? 0
    if (value > 1) throw refuse('invalid-field', name, 'is neither 0 nor 1')
    return value === 1
  }

  const date = (name: string) => {
    const written = text(name)
    if (written === undefined) return undefined
    if (parseCivilDay(written, '/') === undefined)
      throw refuse('invalid-field', name, 'is not a date of the form YYYY/MM/DD')
    return written.replaceAll('/', '-')
  }

  return { record, text, integer, flag, date, refuse }
}

/** The serial exactly as the keys need it: trimmed, leading zeros as written. */
export function serialAsWritten(token: SdtidSection): string {
  return trimBlanks(leafText(token, 'SN') ?? '')
}

/** The encrypted seed of a token. */
export function encryptedSeed(token: SdtidSection, record: FormatRecord): Uint8Array {
  return readBlock(withoutJunk(leafText(token, 'Seed')), 'Seed', record)
}

function codeShape(fields: SdtidFields): Pick<SdtidToken, 'digits' | 'intervalSeconds'> {
  if ((fields.integer('Alg') ?? 1) !== 1)
    throw fields.refuse('unsupported-algorithm', 'Alg', 'names the old 64-bit algorithm; only AES tokens can be used')
  const digits = fields.integer('Digits') ?? 6
  if (digits < 1 || digits > 8) throw fields.refuse('invalid-field', 'Digits', 'is not between 1 and 8')
  const intervalSeconds = fields.integer('Interval') ?? 60
  if (intervalSeconds !== 30 && intervalSeconds !== 60)
    throw fields.refuse('invalid-field', 'Interval', 'is neither 30 nor 60 seconds')
  return { digits, intervalSeconds }
}

/** Everything of a token but its seed. Throws `FormatError` naming the field that cannot be. */
export function readTokenFields(fields: SdtidFields, written: string): Omit<SdtidToken, 'seed'> {
  const pinMode = ((fields.flag('AddPIN') ? 2 : 0) + (fields.flag('LocalPIN') ? 1 : 0)) as SecuridPinMode // sums to 0-3
  return {
    serial: written.padStart(12, '0'),
    serialAsWritten: written,
    ...codeShape(fields),
    pinMode,
    pinStyle: pinStyleOf(pinMode),
    copyProtection: fields.flag('CopyProtection'),
    keypad: fields.flag('Keypad'),
    timeDerivedSeeds: fields.flag('TimeDerivedSeeds'),
    appDerivedSeeds: fields.flag('AppDerivedSeeds'),
    birth: fields.date('Birth'),
    death: fields.date('Death'),
    userFirstName: fields.text('UserFirstName'),
    userLastName: fields.text('UserLastName'),
    userLogin: fields.text('UserLogin'),
    deviceSerialNumber: fields.text('DeviceSerialNumber'),
    nickname: fields.text('Nickname'),
    smallWindowSeconds: fields.integer('SmallWin'),
    mediumWindowSeconds: fields.integer('MediumWin'),
    largeWindowSeconds: fields.integer('LargeWin'),
    precision: fields.integer('Precision'),
    mode: fields.integer('Mode'),
    pinType: fields.integer('PinType'),
    protectionLevel: fields.integer('ProtLevel'),
    revision: fields.integer('Revision'),
    formFactor: fields.text('FormFactor'),
  }
}
