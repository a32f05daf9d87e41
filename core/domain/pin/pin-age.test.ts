import { expect, it } from 'vitest'
import { INITIAL_POLICIES } from '../policy/defaults.ts'
import { testPinKeys } from '../testing/pin-keys.ts'
import { addMs, unixMs } from '../time.ts'
import { newPinState } from './new-pin-state.ts'
import { isPinExpired, pinExpiresAt } from './pin-age.ts'

const setAt = unixMs(1_700_000_000_000)
const state = newPinState('4938', { previous: null, tokenId: 't1', keys: testPinKeys(), now: setAt, historyCount: 0 })
const policy = { ...INITIAL_POLICIES.token.pin, maxAgeSeconds: 90 }

it('expires a PIN exactly at its maximum age', () => {
  expect(pinExpiresAt(state, policy)).toBe(setAt + 90_000)
  expect(isPinExpired(state, policy, addMs(setAt, 89_999))).toBe(false)
  expect(isPinExpired(state, policy, addMs(setAt, 90_000))).toBe(true)
})

it('never expires a PIN without a maximum age', () => {
  const unlimited = { ...policy, maxAgeSeconds: null }
  expect(pinExpiresAt(state, unlimited)).toBeNull()
  expect(isPinExpired(state, unlimited, unixMs(Number.MAX_SAFE_INTEGER))).toBe(false)
})
