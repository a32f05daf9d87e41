import { describe, expect, it } from 'vitest'
import { encodeUtf8 } from '../utf8.ts'
import { ctfHash } from './ctf-hash.ts'

describe('the hash of compressed token strings', () => {
  it.each([
    ['a', 'e3fb5288b01a7e982d7628f2751a1a6c'],
    ['0123456789abcdef0', 'fc7d5bd78020a26329bf7e3d5d0cccac'],
    ['0123456789abcdef0123456789abcdef', '540740b972bbdc7b1c7bd909eb1ec2fa'],
  ])('of %s is %s', (text, hex) => {
    expect(Buffer.from(ctfHash(encodeUtf8(text))).toString('hex')).toBe(hex)
  })
})
