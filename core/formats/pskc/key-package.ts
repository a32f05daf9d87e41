import type { FormatRecord } from '../format-error.ts'
import { type OathAlgorithm, type OathToken, oathLimits, parseOathAlgorithm } from '../oath-token.ts'
import { dateTimeAt } from './date-time.ts'
import { decodeBase64 } from './base64-text.ts'
import { readCounter, readWholeNumber } from './data-numbers.ts'
import { refusePskc } from './refuse.ts'
import type { PskcVault } from './vault.ts'
import { childrenNamed, descend, textAt, type XmlElement } from './xml-tree.ts'

/** One key of a PSKC file: the token, the Key's Id, and its place in the file counted from 1. */
export type PskcKey = OathToken & { readonly keyId?: string; readonly recordNumber: number }

const ALGORITHM_PREFIX = 'urn:ietf:params:xml:ns:keyprov:pskc:' // RFC 6030 §10

/**
 * Reads one KeyPackage (RFC 6030 §4) as an OATH token. Counter is 0 when absent; TimeInterval and the response length must be
 * there, because a guess would make a token that never works. Throws a refusal that names the key and the field.
 */
export const readKeyPackage = (keyPackage: XmlElement, recordNumber: number, vault: PskcVault): PskcKey => {
  const keys = childrenNamed(keyPackage, 'Key')
  const key = keys[0]
  const serial = textAt(keyPackage, 'DeviceInfo', 'SerialNo') ?? key?.attributes.get('Id')?.trim()
  const record: FormatRecord = { number: recordNumber, ...(serial && isPrintable(serial) && { serial }) }
  if (key === undefined) return refusePskc('missing-field', { record, field: 'Key' }, 'the KeyPackage holds no key')
  if (keys.length > 1)
    return refusePskc('duplicate-field', { record, field: 'Key' }, 'the KeyPackage holds several keys')
  if (record.serial === undefined) {
    return refusePskc(
      'missing-field',
      { record, field: 'SerialNo' },
      'neither a serial number nor a Key Id can be read',
    )
  }
  const kind = kindOf(key, record)
  const keyId = key.attributes.get('Id')?.trim()
  return {
    serial: record.serial,
    kind,
    algorithm: algorithmOf(key, record),
    secret: readSecret(key, record, vault),
    digits: digitsOf(key, record),
    ...readMovingFactor(kind, { data: descend(key, 'Data'), record, vault }),
    ...describe(keyPackage, key, record),
    ...(keyId && { keyId }),
    recordNumber,
  }
}

const isPrintable = (serial: string): boolean => serial.length <= oathLimits.maxSerialLength && !/\p{Cc}/u.test(serial)

const kindOf = (key: XmlElement, record: FormatRecord): 'hotp' | 'totp' => {
  const algorithm = (key.attributes.get('Algorithm') ?? '').trim().toLowerCase()
  if (algorithm === `${ALGORITHM_PREFIX}hotp`) return 'hotp'
  if (algorithm === `${ALGORITHM_PREFIX}totp`) return 'totp'
  const cause = 'it is not an HOTP or TOTP key; only those can be imported'
  return refusePskc(algorithm === '' ? 'missing-field' : 'unsupported-algorithm', { record, field: 'Algorithm' }, cause)
}

const algorithmOf = (key: XmlElement, record: FormatRecord): OathAlgorithm => {
  const suite = textAt(key, 'AlgorithmParameters', 'Suite')
  if (suite === undefined) return 'sha1'
  const cause = 'it names no hash that is known (HMAC-SHA1, HMAC-SHA256, HMAC-SHA512)'
  return parseOathAlgorithm(suite) ?? refusePskc('unsupported-algorithm', { record, field: 'Suite' }, cause)
}

const digitsOf = (key: XmlElement, record: FormatRecord): number => {
  const place = { record, field: 'ResponseFormat' }
  const format = descend(key, 'AlgorithmParameters', 'ResponseFormat')
  if (format === undefined) return refusePskc('missing-field', place, 'the length of the codes is missing')
  const encoding = format.attributes.get('Encoding')?.trim() ?? 'DECIMAL'
  const hasCheckDigit = /^(true|1)$/.test(format.attributes.get('CheckDigits')?.trim() ?? '')
  if (encoding.toUpperCase() !== 'DECIMAL' || hasCheckDigit) {
    return refusePskc('unsupported-algorithm', place, 'only decimal codes without a check digit can be imported')
  }
  const length = Number(format.attributes.get('Length')?.trim() || Number.NaN)
  if (Number.isInteger(length) && length >= oathLimits.minDigits && length <= oathLimits.maxDigits) return length
  const cause = `its Length is not a number from ${oathLimits.minDigits} to ${oathLimits.maxDigits}`
  return refusePskc('invalid-field', place, cause)
}

const readSecret = (key: XmlElement, record: FormatRecord, vault: PskcVault): Uint8Array => {
  const place = { record, field: 'Secret' }
  const secret = descend(key, 'Data', 'Secret')
  if (secret === undefined) return refusePskc('missing-field', place, 'the field is missing')
  const plainText = textAt(secret, 'PlainValue')
  const isEncrypted = descend(secret, 'EncryptedValue') !== undefined
  if (plainText !== undefined && isEncrypted) return refusePskc('duplicate-field', place, 'it is there twice')
  if (plainText !== undefined) vault.requirePlainAllowed(place)
  const bytes = plainText === undefined ? vault.open(secret, place) : decodeBase64(plainText)
  if (bytes === undefined) return refusePskc('invalid-field', place, 'its PlainValue is not base64')
  if (bytes.length >= 1 && bytes.length <= oathLimits.maxSecretBytes) return Uint8Array.from(bytes)
  return refusePskc('wrong-length', place, `it does not have 1 to ${oathLimits.maxSecretBytes} bytes`)
}

type DataOf = { data: XmlElement | undefined; record: FormatRecord; vault: PskcVault }
type MovingFactor = Pick<OathToken, 'counter' | 'intervalSeconds' | 't0Seconds' | 'timeDriftSteps'>

const readMovingFactor = (kind: 'hotp' | 'totp', source: DataOf): MovingFactor => {
  if (kind === 'hotp') return { counter: readCounter(source) ?? 0n, intervalSeconds: 30, t0Seconds: 0 }
  const bounds = { min: 1, max: oathLimits.maxIntervalSeconds }
  const intervalSeconds = readWholeNumber('TimeInterval', bounds, source)
  if (intervalSeconds === undefined) {
    return refusePskc('missing-field', { record: source.record, field: 'TimeInterval' }, 'the field is missing')
  }
  const timeDriftSteps = readWholeNumber('TimeDrift', { min: -(2 ** 31), max: 2 ** 31 - 1 }, source)
  return { counter: 0n, intervalSeconds, t0Seconds: 0, ...(timeDriftSteps !== undefined && { timeDriftSteps }) }
}

const describe = (keyPackage: XmlElement, key: XmlElement, record: FormatRecord): Partial<OathToken> => {
  const device = descend(keyPackage, 'DeviceInfo')
  const manufacturer = textAt(device, 'Manufacturer')
  const model = textAt(device, 'Model')
  const issuer = textAt(key, 'Issuer')
  const userId = textAt(key, 'UserId') ?? textAt(device, 'UserId')
  const startDate = dateTimeAt('StartDate', [descend(key, 'Policy'), device], record)
  const expiryDate = dateTimeAt('ExpiryDate', [descend(key, 'Policy'), device], record)
  return {
    ...(manufacturer !== undefined && { manufacturer }),
    ...(model !== undefined && { model }),
    ...(issuer !== undefined && { issuer }),
    ...(userId !== undefined && { userId }),
    ...(startDate !== undefined && { startDate }),
    ...(expiryDate !== undefined && { expiryDate }),
  }
}
