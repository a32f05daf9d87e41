import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from './canonical-json.ts'

describe('the canonical text of an entry', () => {
  it('does not depend on the order in which fields were set', () => {
    const anyRecord = fc.dictionary(fc.string(), fc.jsonValue())
    fc.assert(
      fc.property(anyRecord, (record) => {
        const reversed = Object.fromEntries(Object.entries(record).toReversed())
        expect(canonicalJson(reversed)).toBe(canonicalJson(record))
        expect(JSON.parse(canonicalJson(record))).toEqual(JSON.parse(JSON.stringify(record)))
      }),
    )
  })

  it('keeps a field called __proto__ like any other', () => {
    expect(canonicalJson(JSON.parse('{"b":1,"__proto__":{"z":1,"a":2}}'))).toBe('{"__proto__":{"a":2,"z":1},"b":1}')
  })

  it('writes bigints as text, leaves out absent fields and never writes octets', () => {
    expect(canonicalJson({ b: 2n ** 64n, a: undefined, c: Uint8Array.of(1, 2, 3) })).toBe(
      '{"b":"18446744073709551616","c":"(3 octets)"}',
    )
  })
})
