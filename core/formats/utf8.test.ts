import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createUtf8Decoder, encodeUtf8, Utf8Error } from './utf8.ts'
import { anyCharacter } from './testing/any-character.ts'

function decodeIn(pieces: readonly Uint8Array[]): string {
  const decoder = createUtf8Decoder()
  const text = pieces.map((piece) => decoder.decode(piece)).join('')
  if (!decoder.isComplete()) throw new Utf8Error('not-utf8', -1)
  return text
}

const platformDecode = (bytes: Uint8Array) => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)

const attempt = <T>(run: () => T): T | 'refused' => {
  try {
    return run()
  } catch {
    return 'refused'
  }
}

describe('UTF-8', () => {
  it('decodes any text the same however its bytes are cut', () => {
    const texts = fc.string({ unit: anyCharacter }).map((text) => text.toWellFormed().replaceAll('\0', '?'))
    fc.assert(
      fc.property(texts, fc.nat(), (text, seed) => {
        const bytes = encodeUtf8(text)
        const cut = bytes.length === 0 ? 0 : seed % bytes.length
        expect(decodeIn([bytes.subarray(0, cut), bytes.subarray(cut)])).toBe(text)
      }),
    )
  })

  it('accepts and refuses exactly the byte strings that the platform does, zero bytes aside', () => {
    const lead = fc.constantFrom(0x7f, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0xff)
    const follower = fc.constantFrom(0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0)
    const strings = fc.array(fc.oneof(lead, follower), { maxLength: 6 }).map((bytes) => Uint8Array.from(bytes))
    fc.assert(
      fc.property(strings, (bytes) => {
        expect(attempt(() => decodeIn([bytes]))).toBe(attempt(() => platformDecode(bytes)))
      }),
      { numRuns: 5000 },
    )
  })

  it('encodes as the platform does', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (text) => {
        expect([...encodeUtf8(text)]).toEqual([...new TextEncoder().encode(text)])
      }),
    )
  })

  it('names the place of a zero byte', () => {
    const decoder = createUtf8Decoder()
    decoder.decode(Uint8Array.of(65, 66))
    expect(() => decoder.decode(Uint8Array.of(67, 0))).toThrow('byte 3 is zero')
  })
})
