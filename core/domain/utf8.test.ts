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
