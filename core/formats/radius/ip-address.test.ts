import fc from 'fast-check'
import { expect, it } from 'vitest'
import { formatIpAddress, parseIpAddress } from './ip-address.ts'

it('reads back every address it writes', () => {
  const address = fc.oneof(
    fc.uint8Array({ minLength: 4, maxLength: 4 }),
    fc
      .array(fc.constantFrom(0, 0, 0, 1, 255), { minLength: 16, maxLength: 16 })
      .map((octets) => Uint8Array.from(octets)),
  )
  fc.assert(
    fc.property(address, (octets) => {
      expect(parseIpAddress(formatIpAddress(octets))).toEqual(octets)
    }),
  )
})

it.each([
  ['::', '::'],
  ['::1', '::1'],
  ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
  ['::ffff:192.0.2.1', '::ffff:c000:201'],
  ['fe80::1:0:0:2', 'fe80::1:0:0:2'],
  ['192.0.2.1', '192.0.2.1'],
])('writes %s as %s', (text, canonical) => {
  const octets = parseIpAddress(text)
  expect(octets && formatIpAddress(octets)).toBe(canonical)
})

it.each([
  '',
  '1.2.3',
  '1.2.3.4.5',
  '01.2.3.4',
  '1.2.3.256',
  ':1',
  '1:::2',
  '1::2::3',
  '1:2:3:4:5:6:7',
  '::g',
  '1.2.3.4::',
])('refuses %j', (text) => {
  expect(parseIpAddress(text)).toBeUndefined()
})
