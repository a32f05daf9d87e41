import type { FormatRecord } from '../format-error.ts'
import { parseBoundedInteger, parseCounter } from '../oath-token.ts'
import { refusePskc } from './refuse.ts'
import type { PskcVault } from './vault.ts'
import { descend, textAt, type XmlElement } from './xml-tree.ts'

type Source = { readonly data: XmlElement | undefined; readonly record: FormatRecord; readonly vault: PskcVault }

/** The number in Data, as decimal text if plain or as big-endian bytes if encrypted (RFC 6030 §4.2); undefined when absent. */
const readValue = (field: string, source: Source): string | Uint8Array | undefined => {
  const element = descend(source.data, field)
  if (element === undefined) return undefined
  const place = { record: source.record, field }
  const plain = textAt(element, 'PlainValue')
  const isEncrypted = descend(element, 'EncryptedValue') !== undefined
  if (plain !== undefined && isEncrypted) return refusePskc('duplicate-field', place, 'it is there twice')
  if (plain !== undefined) return plain
  const bytes = source.vault.open(element, place)
  if (bytes.length >= 1 && bytes.length <= 8) return bytes
  return refusePskc('wrong-length', place, 'the encrypted number does not have 1 to 8 bytes')
}

const unsigned = (bytes: Uint8Array): bigint => bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n)

/** An HOTP counter, 64 bits unsigned; undefined when absent. */
export const readCounter = (source: Source): bigint | undefined => {
  const value = readValue('Counter', source)
  if (value === undefined) return undefined
  if (typeof value !== 'string') return unsigned(value)
  const place = { record: source.record, field: 'Counter' }
  return parseCounter(value) ?? refusePskc('invalid-field', place, 'it is not a whole number of at most 64 bits')
}

/**
 * A whole number within bounds; undefined when absent. Encrypted numbers of the full 4 or 8 bytes (xs:int, xs:long) are signed
 * where the bounds allow negative values.
 */
export const readWholeNumber = (
  field: 'TimeInterval' | 'TimeDrift',
  bounds: { readonly min: number; readonly max: number },
  source: Source,
): number | undefined => {
  const value = readValue(field, source)
  if (value === undefined) return undefined
  const isSigned = typeof value !== 'string' && bounds.min < 0 && (value.length === 4 || value.length === 8)
  const text = typeof value === 'string' ? value : `${isSigned ? signed(value) : unsigned(value)}`
  const cause = `it is not a whole number from ${bounds.min} to ${bounds.max}`
  return (
    parseBoundedInteger(text, bounds.min, bounds.max) ??
    refusePskc('invalid-field', { record: source.record, field }, cause)
  )
}

const signed = (bytes: Uint8Array): bigint => BigInt.asIntN(bytes.length * 8, unsigned(bytes))
