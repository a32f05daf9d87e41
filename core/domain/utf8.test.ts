import fc from 'fast-check'
import { expect, it } from 'vitest'
import { utf8Bytes } from './utf8.ts'
import { anyCharacter } from './testing/any-character.ts'

it('gives the same bytes as the platform for every text, lone surrogates included', () => {
  const anyText = fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units))
  fc.assert(
    fc.property(fc.oneof(anyText, fc.string({ unit: anyCharacter })), (text) => {
      expect(utf8Bytes(text)).toEqual(new Uint8Array(new TextEncoder().encode(text)))
    }),
  )
})

it('changes to one byte more at the very characters that need it', () => {
  const places = [0x00, 0x7f, 0x80, 0x7ff, 0x800, 0xffff, 0x10000, 0x10ffff]
  for (const place of places) {
    const text = `a${String.fromCodePoint(place)}`
    expect(utf8Bytes(text)).toEqual(new Uint8Array(new TextEncoder().encode(text)))
  }
})
