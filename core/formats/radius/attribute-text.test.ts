import { describe, expect, it } from 'vitest'
import { describeRadiusAttribute, parseRadiusAttribute } from './attribute-text.ts'
import { dictionaryAttributes } from './dictionary.ts'

function roundTrip(line: string): string {
  const result = parseRadiusAttribute(line)
  if (!('attribute' in result)) return result.problem
  return describeRadiusAttribute(result.attribute)
    .map(({ name, text }) => `${name}=${text}`)
    .join('; ')
}

it.each([
  'Filter-Id=staff',
  'Service-Type=Login-User',
  'Session-Timeout=3600',
  'Framed-IP-Address=192.0.2.7',
  'Framed-IPv6-Address=2001:db8::7',
  'Framed-IPv6-Prefix=2001:db8::/32',
  'Class=0x0102ff',
  'Fortinet-Group-Name=VPN users',
  'PaloAlto-Admin-Role=superreader',
  'F5-LTM-User-Role=Resource-Admin',
  'Tunnel-Type=L2TP',
  'Tunnel-Private-Group-Id=42',
  'Cisco-AVPair=shell:priv-lvl=15',
])('reads %s and shows it the same', (line) => {
  expect(roundTrip(line)).toBe(line)
})

it('puts a vendor attribute into Vendor-Specific as RFC 2865 §5.26 lays it out', () => {
  expect(parseRadiusAttribute('Fortinet-Group-Name = "ab"')).toEqual({
    attribute: { type: 26, value: Uint8Array.of(0, 0, 0x30, 0x44, 1, 4, 0x61, 0x62) },
  })
})

it.each([
  ['Filter-Id', 'not-name-and-value'],
  ['No-Such-Thing=1', 'unknown-name'],
  ['State=0x00', 'reserved'],
  ['Message-Authenticator=0x00', 'reserved'],
  ['Session-Timeout=4294967296', 'bad-value'],
  ['Session-Timeout=soon', 'bad-value'],
  ['Framed-IP-Address=2001:db8::7', 'bad-value'],
  ['Framed-IP-Address=192.0.2.256', 'bad-value'],
  ['Class=0x123', 'bad-value'],
  ['Tunnel-Password=secret', 'bad-value'],
  [`Filter-Id=${'x'.repeat(254)}`, 'too-long'],
])('says what is wrong with %s', (line, problem) => {
  expect(parseRadiusAttribute(line)).toEqual({ problem })
})

describe('what is shown', () => {
  it('escapes control characters, which could drive a terminal', () => {
    const value = Uint8Array.from('a\u001b[2J\n', (character) => character.charCodeAt(0))
    expect(describeRadiusAttribute({ type: 18, value })).toEqual([{ name: 'Reply-Message', text: 'a\\u001b[2J\\n' }])
  })

  it('never contains a hidden value', () => {
    expect(describeRadiusAttribute({ type: 2, value: new Uint8Array(16) })).toEqual([
      { name: 'User-Password', text: '(hidden)' },
    ])
  })

  it('falls back to numbers for what the dictionary does not know', () => {
    expect(describeRadiusAttribute({ type: 200, value: Uint8Array.of(1) })).toEqual([
      { name: 'Attr-200', text: '0x01' },
    ])
    const unknownOfPaloAlto = Uint8Array.of(0, 0, 0x63, 0x75, 249, 3, 5)
    expect(describeRadiusAttribute({ type: 26, value: unknownOfPaloAlto })).toEqual([
      { name: 'PaloAlto-Attr-249', text: '0x05' },
    ])
    const broken = Uint8Array.of(0, 0, 0, 9, 1, 9, 5)
    expect(describeRadiusAttribute({ type: 26, value: broken })).toEqual([
      { name: 'Vendor-Specific', text: '0x00000009010905' },
    ])
  })
})

it('names every attribute of the dictionary once', () => {
  const names = dictionaryAttributes.map(([, , name]) => name.toLowerCase())
  expect(new Set(names).size).toBe(names.length)
  const numbers = dictionaryAttributes.map(([vendor, type]) => `${vendor} ${type}`)
  expect(new Set(numbers).size).toBe(numbers.length)
})
