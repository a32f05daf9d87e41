import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBase32, decodeHex, decodeHexOrBase32, encodeBase32 } from './secret-text.ts'

const vectors: { base32: { base32: string; secret: string }[] } = JSON.parse(
  readFileSync(new URL('../../../shared/vectors/hotp-totp.dev.json', import.meta.url), 'utf8'),
)
const hex = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString('hex')

describe('secret spellings', () => {
  it.each(vectors.base32)('reads the base32 spelling $base32', ({ base32, secret }) => {
    expect(hex(decodeBase32(base32))).toBe(secret)
  })

  it('reads back exactly what it writes in base32, in any case and with padding', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 100 }), (bytes) => {
        const text = encodeBase32(bytes)
        expect(decodeBase32(text)).toEqual(bytes)
        expect(decodeBase32(`${text.toLowerCase()}${'='.repeat((8 - (text.length % 8)) % 8)}`)).toEqual(bytes)
      }),
    )
  })

  it.each(['', 'A', 'ABC', 'ABCDEF', 'AB0D', 'AB1D', 'ÄÄ'])('refuses %j as base32', (text) => {
    expect(decodeBase32(text)).toBeUndefined()
  })

  it.each(['', 'abc', 'zz', '0x'])('refuses %j as hex', (text) => expect(decodeHex(text)).toBeUndefined())

  it.each([
    ['3132333435363738393031323334353637383930', 'hex', false],
    ['GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', 'base32', false],
    ['ABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCD', 'hex', true],
    ['ABCDEFABCDEFABCDEFABCDEFABCDEFAB', 'base32', true],
  ])('decides %s is %s (ambiguous: %s)', (text, encoding, ambiguous) => {
    expect(decodeHexOrBase32(text)).toMatchObject({ encoding, ambiguous })
  })
})
