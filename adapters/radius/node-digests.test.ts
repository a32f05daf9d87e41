import { createHash, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { hmacSha256, nodeDigests } from './node-digests.ts'

const parts = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 6 })

it('gives the digests the platform gives for the joined parts, whatever the length of the key', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), parts, (key, octets) => {
      const joined = Buffer.concat(octets)
      expect(nodeDigests.md5(...octets)).toEqual(createHash('md5').update(joined).digest())
      expect(nodeDigests.hmacMd5(key, ...octets)).toEqual(createHmac('md5', key).update(joined).digest())
      expect(hmacSha256(key, ...octets)).toEqual(createHmac('sha256', key).update(joined).digest())
    }),
  )
})

it('refuses more octets than it has room for', () => {
  expect(() => nodeDigests.md5(new Uint8Array(16_385))).toThrow(RangeError)
})
