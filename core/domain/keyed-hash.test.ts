import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { keyedHash, keyedHashAfter } from './keyed-hash.ts'

function platformHash(key: Uint8Array, texts: readonly string[]): Uint8Array {
  const mac = createHmac('sha256', key)
  for (const text of texts) {
    const bytes = Buffer.from(text, 'utf8')
    const length = Buffer.alloc(4)
    length.writeUInt32BE(bytes.length)
    mac.update(length).update(bytes)
  }
  return new Uint8Array(mac.digest())
}

it('is HMAC-SHA256 over length-prefixed texts, with a key used again and again', () => {
  const key = new Uint8Array(32).fill(7)
  fc.assert(
    fc.property(fc.string(), fc.array(fc.string()), (purpose, rest) => {
      expect(keyedHash(key, [purpose, ...rest])).toEqual(platformHash(key, [purpose, ...rest]))
    }),
  )
})

it('gives the same for each last text when the first ones were hashed before', () => {
  const key = new Uint8Array(32).fill(7)
  fc.assert(
    fc.property(fc.string(), fc.array(fc.string()), fc.array(fc.string()), (purpose, rest, lasts) => {
      const after = keyedHashAfter(key, [purpose, ...rest])
      for (const last of lasts) expect(after(last)).toEqual(platformHash(key, [purpose, ...rest, last]))
    }),
  )
})

it('never gives two lists of texts the same message, however the same characters are cut', () => {
  const key = new Uint8Array(32).fill(1)
  expect(keyedHash(key, ['p', '12', '34'])).not.toEqual(keyedHash(key, ['p', '123', '4']))
  expect(keyedHash(key, ['p', '1234'])).not.toEqual(keyedHash(key, ['p', '1234', '']))
})

it('writes lengths above one byte in all four bytes of the prefix', () => {
  const key = new Uint8Array(32).fill(1)
  const long = 'x'.repeat(70_000)
  expect(keyedHash(key, ['p', long])).toEqual(platformHash(key, ['p', long]))
})

it('answers with the new key when the bytes of a key array were replaced', () => {
  const key = new Uint8Array(32).fill(1)
  const before = keyedHash(key, ['p'])
  key.fill(2)
  expect(keyedHash(key, ['p'])).not.toEqual(before)
  expect(keyedHash(key, ['p'])).toEqual(keyedHash(new Uint8Array(32).fill(2), ['p']))
})
