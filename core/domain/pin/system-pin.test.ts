import fc from 'fast-check'
import { expect, it } from 'vitest'
import { INITIAL_POLICIES } from '../policy/defaults.ts'
import { policyFaults } from '../policy/policy-faults.ts'
import type { PinPolicy } from '../policy/policies.ts'
import { testPinKeys } from '../testing/pin-keys.ts'
import { unixMs } from '../time.ts'
import { newPinState } from './new-pin-state.ts'
import { type PinChoice, pinFaults } from './pin-rules.ts'
import { generateSystemPin, PinPolicyImpossibleError } from './system-pin.ts'

const keys = testPinKeys()
const now = unixMs(1_700_000_000_000)
const policy = INITIAL_POLICIES.token.pin
const choice: PinChoice = { state: null, tokenId: 't1', keys, now, style: 'fob', digits: 6 }
const entropy = fc.uint8Array({ minLength: 32, maxLength: 32 })

const anyPolicy: fc.Arbitrary<PinPolicy> = fc
  .record({
    creation: fc.constantFrom('user', 'system'),
    minLength: fc.integer({ min: 4, max: 16 }),
    maxLength: fc.integer({ min: 4, max: 16 }),
    characters: fc.constantFrom('digits', 'letters-and-digits'),
    minLetters: fc.nat({ max: 16 }),
    minDigits: fc.nat({ max: 16 }),
    excludedWords: fc.constant(['1234', 'acme']),
    refuseTrivial: fc.boolean(),
    historyCount: fc.nat({ max: 10 }),
    minAgeSeconds: fc.constantFrom(0, 60),
    maxAgeSeconds: fc.constantFrom(null, 86_400),
  })
  .filter((pin) => policyFaults('token', { ...INITIAL_POLICIES.token, pin }).length === 0)

it('always finds a PIN that meets its own rules, for every policy without faults and every token with a PIN', () => {
  const token = fc.record({
    style: fc.constantFrom('fob' as const, 'pinpad' as const),
    digits: fc.constantFrom(6, 8),
    formFactor: fc.constantFrom('key-fob' as const, 'software' as const),
  })
  fc.assert(
    fc.property(anyPolicy, token, entropy, (chosen, held, bytes) => {
      const pin = generateSystemPin(chosen, bytes, { ...choice, ...held })
      expect(pinFaults(pin, chosen, { ...choice, ...held })).toEqual([])
    }),
  )
})

it('gives six characters where the policy allows them', () => {
  const length = (changes: Partial<PinPolicy>) =>
    generateSystemPin({ ...policy, ...changes }, new Uint8Array(32), choice).length
  expect(length({})).toBe(6)
  expect(length({ maxLength: 5 })).toBe(5)
  expect(length({ minLength: 8 })).toBe(8)
  expect(length({ characters: 'letters-and-digits', minLetters: 4, minDigits: 3 })).toBe(7)
})

it('favours no first digit: 5,000 PINs stay within five standard deviations of even', () => {
  const counts = new Map<string, number>()
  for (let seed = 0; seed < 5000; seed++) {
    const bytes = new Uint8Array(32)
    new DataView(bytes.buffer).setUint32(0, seed)
    const first = generateSystemPin(policy, bytes, choice).charAt(0)
    counts.set(first, (counts.get(first) ?? 0) + 1)
  }
  expect(counts.size).toBe(10)
  for (const count of counts.values()) expect(Math.abs(count - 500)).toBeLessThan(5 * Math.sqrt(450))
})

it('gives a later PIN than the present one, without waiting for its minimum age', () => {
  const bytes = new Uint8Array(32).fill(4)
  const present = generateSystemPin(policy, bytes, choice)
  const state = newPinState(present, { previous: null, tokenId: 't1', keys, now, historyCount: 3 })
  const next = generateSystemPin({ ...policy, minAgeSeconds: 3600 }, bytes, { ...choice, state })
  expect(next).not.toBe(present)
})

it('has small letters, which need no shift key, and no look-alikes', () => {
  const mixed = { ...policy, characters: 'letters-and-digits', minLetters: 3, minDigits: 2 } as const
  fc.assert(
    fc.property(entropy, (bytes) => {
      expect(generateSystemPin(mixed, bytes, choice)).toMatch(/^[a-hjkmnp-z2-9]{6}$/)
    }),
  )
})

it('says so when the excluded words leave no PIN, and what to do', () => {
  const impossible = { ...policy, excludedWords: [...'0123456789'] }
  const generate = () => generateSystemPin(impossible, new Uint8Array(32), choice)
  expect(generate).toThrow(PinPolicyImpossibleError)
  expect(generate).toThrow(expect.objectContaining({ code: 'PIN_POLICY_IMPOSSIBLE' }))
  expect(generate).toThrow(/^pin: .*take some of its excluded words out$/)
})
