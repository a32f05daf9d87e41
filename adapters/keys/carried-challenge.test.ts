import { decodeChallenge, encodeChallenge } from '@driftlock/application'
import { type Challenge, step, unixMs } from '@driftlock/domain'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { masterKeyOf } from './master-key.ts'
import { openKeyRing } from './open-key-ring.ts'
import { MemoryKeyStore } from './testing/memory-key-store.ts'
import { TestClock } from './testing/test-clock.ts'

const BOUND = ['0192f1c8-0000-7000-8000-000000000001', 'radius']

it('carries every type of challenge in at most 200 octets of URL-safe text with ids as the product makes them', async () => {
  const master = masterKeyOf(new Uint8Array(32), 'test')
  const ring = await openKeyRing({ store: new MemoryKeyStore(), clock: new TestClock(), masterKeys: [master] })
  const anyBase = fc.record({
    userId: fc.uuid(),
    tokenId: fc.uuid(),
    openedByStep: fc.bigInt({ min: -1n, max: 2n ** 64n - 1n }).map(step),
    openedAt: fc.nat({ max: 2 ** 48 - 1 }).map(unixMs),
    expiresAt: fc.nat({ max: 2 ** 48 - 1 }).map(unixMs),
  })
  const pin = { keyId: ring.pinKeys().current.id, mac: new Uint8Array(32).fill(7) }
  fc.assert(
    fc.property(anyBase, fc.integer({ min: 4, max: 16 }), (base, pinLength) => {
      const challenges: Challenge[] = [
        { ...base, type: 'next-tokencode', cause: 'too-many-bad-codes', fromPendingSeed: true, byProposedPin: true },
        { ...base, type: 'new-pin' },
        { ...base, type: 'confirm-pin', pin, pinLength },
        { ...base, type: 'accept-system-pin', pin, pinLength },
        { ...base, type: 'passcode-after-new-pin' },
      ]
      for (const challenge of challenges) {
        const text = ring.sealText('challenge', BOUND, encodeChallenge(challenge))
        expect(text.length).toBeLessThanOrEqual(200)
        const content = ring.openText('challenge', BOUND, text)
        expect(content && decodeChallenge(content)).toEqual(challenge)
      }
    }),
  )
})
