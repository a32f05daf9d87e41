import { createCipheriv } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decryptTripleDesCbc, tripleDesDecryptionKey } from './triple-des.ts'

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })

it('always decrypts what OpenSSL encrypted, with three keys and with two', () => {
  fc.assert(
    fc.property(fc.constantFrom(16, 24).chain(bytes), bytes(8), bytes(40), (key, iv, plain) => {
      const three = key.length === 24 ? key : Buffer.concat([key, key.subarray(0, 8)])
      const cipher = createCipheriv('des-ede3-cbc', three, iv).setAutoPadding(false)
      const encrypted = Buffer.concat([cipher.update(plain), cipher.final()])
      expect(decryptTripleDesCbc(tripleDesDecryptionKey(key), iv, encrypted)).toEqual(plain)
    }),
  )
})
