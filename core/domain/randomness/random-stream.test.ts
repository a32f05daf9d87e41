import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { EntropyTooShortError, randomStream } from './random-stream.ts'

const entropy = (fill: number, length = 32) => new Uint8Array(length).fill(fill)

it('never leaves the asked range, whatever the entropy and the limit', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 32, maxLength: 64 }),
      fc.bigInt({ min: 1n, max: 2n ** 200n }),
      (bytes, limit) => {
        const drawn = randomStream(bytes, 'test').below(limit)
        expect(drawn >= 0n && drawn < limit).toBe(true)
      },
    ),
  )
})

it('favours no value: 30,000 draws below 6 stay within five standard deviations of even', () => {
  const stream = randomStream(entropy(3), 'dice')
  const counts = [0, 0, 0, 0, 0, 0]
  for (let draw = 0; draw < 30_000; draw++) counts[Number(stream.below(6n))]! += 1 // reason: the index is below 6
  const deviation = Math.sqrt(30_000 * (1 / 6) * (5 / 6))
  for (const count of counts) expect(Math.abs(count - 5000)).toBeLessThan(5 * deviation)
})

it('is the same for the same entropy and purpose, and unrelated for another purpose', () => {
  const limit = 2n ** 128n
  expect(randomStream(entropy(1), 'a').below(limit)).toBe(randomStream(entropy(1), 'a').below(limit))
  expect(randomStream(entropy(1), 'a').below(limit)).not.toBe(randomStream(entropy(1), 'b').below(limit))
  expect(randomStream(entropy(1), 'a').below(limit)).not.toBe(randomStream(entropy(2), 'a').below(limit))
})

it('does not repeat itself after its first block', () => {
  const stream = randomStream(entropy(1), 'a')
  const drawn = Array.from({ length: 50 }, () => stream.below(2n ** 256n))
  expect(new Set(drawn).size).toBe(50)
})

it('reaches both ends of a range and picks every choice', () => {
  const stream = randomStream(entropy(9), 'ends')
  expect(new Set(Array.from({ length: 200 }, () => stream.below(3n)))).toEqual(new Set([0n, 1n, 2n]))
  expect(new Set(Array.from({ length: 200 }, () => stream.pick(['x', 'y'])))).toEqual(new Set(['x', 'y']))
  expect(stream.below(1n)).toBe(0n)
})

it('refuses less than 32 bytes of entropy', () => {
  expect(() => randomStream(entropy(1, 31), 'a')).toThrow(EntropyTooShortError)
})

/** The bytes as described: HMAC-SHA256 in counter mode under the entropy, each text after its length. */
function describedBytes(key: Uint8Array, purpose: string, count: number): number[] {
  const bytes: number[] = []
  for (let block = 0; bytes.length < count; block += 1) {
    const parts = ['driftlock random stream 1', purpose, String(block)].flatMap((text) => [
      0,
      0,
      0,
      text.length,
      ...[...text].map((character) => character.charCodeAt(0)),
    ])
    bytes.push(...hmac(sha256, key, new Uint8Array(parts)))
  }
  return bytes.slice(0, count)
}

it('gives the bytes of HMAC-SHA256 in counter mode, block after block, and takes no more of them than it needs', () => {
  const key = entropy(9)
  const stream = randomStream(key, 'pin')
  key.fill(0) // the stream keeps what it was given
  const bytes = describedBytes(entropy(9), 'pin', 100)
  expect(bytes.map(() => Number(stream.below(256n)))).toEqual(bytes)
  const pairs = randomStream(entropy(9), 'pin')
  expect([pairs.below(65_536n), pairs.below(256n)]).toEqual([
    BigInt((bytes[0] ?? 0) * 256 + (bytes[1] ?? 0)),
    BigInt(bytes[2] ?? 0),
  ])
})

it('says what is wrong with too little entropy', () => {
  expect(() => randomStream(entropy(1, 31), 'pin')).toThrow(
    expect.objectContaining({
      name: 'EntropyTooShortError',
      code: 'ENTROPY_TOO_SHORT',
      message: 'entropy: 31 bytes were given, at least 32 are needed',
    }),
  )
})
