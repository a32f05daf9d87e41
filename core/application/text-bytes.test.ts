import fc from 'fast-check'
import { expect, it } from 'vitest'
import { hexOf, textOf, utf8Of } from './text-bytes.ts'

it('writes the octets any UTF-8 encoder writes, and always reads them back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const octets = utf8Of(text)
      expect(Buffer.from(octets)).toEqual(Buffer.from(text))
      expect(textOf(octets)).toBe(text)
      expect(hexOf(octets)).toBe(Buffer.from(text).toString('hex'))
    }),
  )
})
