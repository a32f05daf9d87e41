import { expect, it } from 'vitest'
import { INITIAL_POLICIES } from '../policy/defaults.ts'
import { aToken, NOON } from '../testing/tokens.ts'
import { addMs, MS_PER_SECOND } from '../time.ts'
import { isInNewPinMode, needsNewPin } from './new-pin-mode.ts'

const DAY_SECONDS = 86_400
const rules = { ...INITIAL_POLICIES.token.pin, maxAgeSeconds: DAY_SECONDS }

it.each([
  ['with a PIN', aToken(), false],
  ['without a PIN', aToken({ pin: null }), true],
  ['whose PIN must be changed', aToken({ state: { newPinRequired: true } }), true],
  ['that uses none', aToken({ record: { passcodeStyle: 'tokencode-only' } }), false],
  [
    'that uses none, whatever was asked of it',
    aToken({ record: { passcodeStyle: 'tokencode-only' }, state: { newPinRequired: true } }),
    false,
  ],
])('a token %s', (_, token, needed) => {
  expect(needsNewPin(token)).toBe(needed)
  expect(isInNewPinMode(token, rules, NOON)).toBe(needed)
})

it('is entered on the millisecond at which the PIN has the age that the policy allows', () => {
  const expiry = addMs(NOON, DAY_SECONDS * MS_PER_SECOND)
  expect(isInNewPinMode(aToken(), rules, addMs(expiry, -1))).toBe(false)
  expect(isInNewPinMode(aToken(), rules, expiry)).toBe(true)
  expect(isInNewPinMode(aToken(), { ...rules, maxAgeSeconds: null }, expiry)).toBe(false)
})
