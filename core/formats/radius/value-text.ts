import { type RadiusDefinition, radiusValueName, radiusValueNumber } from './dictionary-lookup.ts'
import { formatIpAddress, parseIpAddress } from './ip-address.ts'
import { decodeRadiusText, encodeRadiusText } from './text.ts'

/** Octets as `0x…`, the form of values that have no better one. */
export function hexText(octets: Uint8Array): string {
  let text = '0x'
  for (const octet of octets) text += octet.toString(16).padStart(2, '0')
  return text
}

/**
 * A value for people: named integers by name, addresses in their usual text, text with control characters escaped (it may
 * go to a terminal), anything that does not have the size its kind asks for as `0x…`. Hidden values are not shown.
 */
export function formatRadiusValue(definition: RadiusDefinition, value: Uint8Array): string {
  if (definition.hiding !== 'none') return '(hidden)'
  switch (definition.kind) {
    case 'text':
      return formatText(definition.isTagged ? withoutTag(value) : value)
    case 'integer':
      return formatInteger(definition, value)
    case 'integer64':
      return value.length === 8 ? unsigned(value).toString() : hexText(value)
    case 'address4':
      return value.length === 4 ? formatIpAddress(value) : hexText(value)
    case 'address6':
      return value.length === 16 ? formatIpAddress(value) : hexText(value)
    case 'time':
      return value.length === 4 ? new Date(Number(unsigned(value)) * 1000).toISOString() : hexText(value)
    case 'prefix4':
    case 'prefix6':
      return formatPrefix(value, definition.kind === 'prefix4' ? 4 : 16)
    case 'interface-id':
    case 'octets':
    case 'vendor':
      return hexText(value)
  }
}

/** The octets of a value written as `formatRadiusValue` shows it, or `undefined` when the text does not fit the kind. */
export function parseRadiusValue(definition: RadiusDefinition, text: string): Uint8Array | undefined {
  if (definition.hiding !== 'none') return undefined
  switch (definition.kind) {
    case 'text':
      return encodeRadiusText(text)
    case 'integer':
      return parseInteger(definition, text)
    case 'integer64':
      return /^\d{1,20}$/.test(text) ? bigEndian(BigInt(text), 8) : undefined
    case 'address4':
    case 'address6': {
      const address = parseIpAddress(text)
      return address?.length === (definition.kind === 'address4' ? 4 : 16) ? address : undefined
    }
    case 'time':
      return /^\d{1,10}$/.test(text) ? bigEndian(BigInt(text), 4) : undefined
    case 'prefix4':
    case 'prefix6':
      return parsePrefix(text, definition.kind === 'prefix4' ? 4 : 16)
    case 'interface-id':
    case 'octets':
    case 'vendor':
      return parseHex(text)
  }
}

function formatText(value: Uint8Array): string {
  const text = decodeRadiusText(value)
  if (text === undefined) return hexText(value)
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, (character) => {
    if (character === '\n') return '\\n'
    return character === '\r' ? '\\r' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}

function withoutTag(value: Uint8Array): Uint8Array {
  // RFC 2868 §3.3: a first octet above 0x1F is already text.
  return (value[0] ?? 0xff) <= 0x1f ? value.subarray(1) : value
}

function formatInteger(definition: RadiusDefinition, value: Uint8Array): string {
  if (value.length !== 4) return hexText(value)
  const number = Number(unsigned(definition.isTagged ? value.subarray(1) : value))
  return radiusValueName(definition, number) ?? String(number)
}

function parseInteger(definition: RadiusDefinition, text: string): Uint8Array | undefined {
  const number = radiusValueNumber(definition, text) ?? (/^\d{1,10}$/.test(text) ? Number(text) : undefined)
  // A tagged integer has 24 bits behind a tag octet, which stays 0 (RFC 2868 §3.1).
  if (number === undefined || (definition.isTagged && number > 0xffffff)) return undefined
  return bigEndian(BigInt(number), 4)
}

function formatPrefix(value: Uint8Array, addressOctets: 4 | 16): string {
  const [, bits = 0] = value
  if (value.length < 2 || value.length > 2 + addressOctets || bits > addressOctets * 8) return hexText(value)
  const address = new Uint8Array(addressOctets)
  address.set(value.subarray(2))
  return `${formatIpAddress(address)}/${bits}`
}

function parsePrefix(text: string, addressOctets: 4 | 16): Uint8Array | undefined {
  const [addressText = '', bitsText = '', ...more] = text.split('/')
  const address = parseIpAddress(addressText)
  if (more.length > 0 || address?.length !== addressOctets || !/^\d{1,3}$/.test(bitsText)) return undefined
  if (Number(bitsText) > addressOctets * 8) return undefined
  return Uint8Array.of(0, Number(bitsText), ...address)
}

function unsigned(octets: Uint8Array): bigint {
  let number = 0n
  for (const octet of octets) number = number * 256n + BigInt(octet)
  return number
}

function bigEndian(number: bigint, size: number): Uint8Array | undefined {
  if (number >= 1n << BigInt(size * 8)) return undefined
  const octets = new Uint8Array(size)
  for (let i = 0; i < size; i += 1) octets[size - 1 - i] = Number((number >> BigInt(i * 8)) & 255n)
  return octets
}

function parseHex(text: string): Uint8Array | undefined {
  const match = /^0x((?:[0-9a-fA-F]{2})*)$/.exec(text)
  if (!match) return undefined
  const pairs = match[1]?.match(/../g) ?? []
  return Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16))
}
