import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decodeRadiusText, encodeRadiusText, fitRadiusText } from './text.ts'

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

it('decodes exactly what a strict UTF-8 decoder decodes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 12 }), (octets) => {
      let expected: string | undefined
      try {
        expected = strict.decode(octets)
      } catch {
        expected = undefined
      }
      expect(decodeRadiusText(octets)).toBe(expected)
    }),
    { numRuns: 5000 },
  )
})

it.each([
  ['an overlong slash', [0xc0, 0xaf]],
  ['an overlong three-octet form', [0xe0, 0x80, 0xaf]],
  ['a surrogate', [0xed, 0xa0, 0x80]],
  ['a point above U+10FFFF', [0xf4, 0x90, 0x80, 0x80]],
  ['a cut character', [0xe2, 0x82]],
])('refuses %s', (_, octets) => {
  expect(decodeRadiusText(Uint8Array.from(octets))).toBeUndefined()
})

it('cuts a text between characters so that it fits', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), fc.integer({ min: 1, max: 253 }), (text, max) => {
      const cut = fitRadiusText(text, max)
      expect(cut.length).toBeLessThanOrEqual(max)
      expect(text.startsWith(decodeRadiusText(cut) ?? 'not text')).toBe(true)
      expect(encodeRadiusText(text).length - cut.length).toSatisfy((rest: number) => rest === 0 || cut.length > max - 4)
    }),
  )
})
