import type { Challenge, Step, UnixMs } from '@driftlock/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeChallenge, encodeChallenge } from './challenge-codec.ts'

const anyId = fc.oneof(
  fc.uuid(),
  fc.string({ minLength: 1, maxLength: 36, unit: fc.constantFrom(...'abcXYZ019-_.:/ '.split('')) }),
)
const anyInstant = fc.nat({ max: 2 ** 48 - 1 }).map((ms) => ms as UnixMs)
const anyBase = fc.record({
  userId: anyId,
  tokenId: anyId,
  openedByStep: fc.bigInt({ min: -1n, max: 2n ** 64n - 1n }).map((number) => number as Step),
  openedAt: anyInstant,
  expiresAt: anyInstant,
})
const anyPin = fc.record({
  pinLength: fc.nat({ max: 64 }),
  pin: fc.record({ keyId: anyId, mac: fc.uint8Array({ minLength: 32, maxLength: 32 }) }),
})
const anyChallenge: fc.Arbitrary<Challenge> = fc.oneof(
  fc
    .tuple(
      anyBase,
      fc.record({
        cause: fc.constantFrom('too-many-bad-codes' as const, 'outside-small-window' as const),
        fromPendingSeed: fc.boolean(),
        byProposedPin: fc.boolean(),
      }),
    )
    .map(([base, rest]) => ({ ...base, type: 'next-tokencode' as const, ...rest })),
  anyBase.map((base) => ({ ...base, type: 'new-pin' as const })),
  anyBase.map((base) => ({ ...base, type: 'passcode-after-new-pin' as const })),
  fc
    .tuple(anyBase, anyPin, fc.constantFrom('confirm-pin' as const, 'accept-system-pin' as const))
    .map(([base, pin, type]) => ({ ...base, type, ...pin })),
)

describe('the compact form of a challenge', () => {
  it('gives back every challenge of every type', () => {
    fc.assert(
      fc.property(anyChallenge, (challenge) => {
        expect(decodeChallenge(encodeChallenge(challenge))).toEqual(challenge)
      }),
    )
  })

  it('leaves room for the seal: never more than 156 octets', () => {
    fc.assert(
      fc.property(anyChallenge, (challenge) => {
        expect(encodeChallenge(challenge).length).toBeLessThanOrEqual(156)
      }),
    )
  })

  it('reads no bytes that it would not have written, and never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const challenge = decodeChallenge(bytes)
        if (challenge !== undefined) expect(decodeChallenge(encodeChallenge(challenge))).toEqual(challenge)
      }),
    )
  })

  it('refuses bytes that end early or go on', () => {
    fc.assert(
      fc.property(anyChallenge, fc.nat(), (challenge, cut) => {
        const bytes = encodeChallenge(challenge)
        expect(decodeChallenge(bytes.subarray(0, cut % bytes.length))).toBeUndefined()
        expect(decodeChallenge(Uint8Array.of(...bytes, 0))).toBeUndefined()
      }),
    )
  })

  it('refuses another version', () => {
    fc.assert(
      fc.property(anyChallenge, (challenge) => {
        const bytes = encodeChallenge(challenge)
        expect(decodeChallenge(bytes.with(0, (bytes[0] ?? 0) + 16))).toBeUndefined()
      }),
    )
  })

  it('refuses to write an id that would not come back', () => {
    const challenge = {
      userId: 'ü',
      tokenId: 't',
      openedByStep: 1n as Step,
      openedAt: 1 as UnixMs,
      expiresAt: 2 as UnixMs,
    }
    expect(() => encodeChallenge({ ...challenge, type: 'new-pin' })).toThrow(RangeError)
    expect(() => encodeChallenge({ ...challenge, userId: 'u'.repeat(37), type: 'new-pin' })).toThrow(RangeError)
  })
})
