import { expect, test } from 'vitest'
import { contradictionsIn, type EmergencyChoices, risksIn, settingsToPropose } from './emergency-form-state.ts'

const now = Date.UTC(2026, 10, 22)
const choices: EmergencyChoices = {
  online: true,
  method: 'one-time-set',
  count: 5,
  lifetime: 'date',
  expiresAt: now + 86_400_000,
  rule: 'allow-and-disable-emergency',
  proposal: undefined,
}
const token = { passcodeStyle: 'fob', expiresAt: null }

test('"only after the code has expired" contradicts "no expiration"', () => {
  expect(contradictionsIn({ ...choices, lifetime: 'none', rule: 'allow-after-expiry' }, now)).toEqual([
    'rule-needs-expiration',
  ])
})

test('a date that is over and a date that is missing cannot be saved', () => {
  expect(contradictionsIn({ ...choices, expiresAt: now }, now)).toEqual(['date-past'])
  expect(contradictionsIn({ ...choices, expiresAt: null }, now)).toEqual(['no-date'])
})

test('a number of codes beyond what the server makes cannot be saved', () => {
  expect(contradictionsIn({ ...choices, count: 51 }, now)).toEqual(['count'])
  expect(contradictionsIn({ ...choices, count: Number.NaN }, now)).toEqual(['count'])
})

test('a token without a PIN should be denied when it is found', () => {
  expect(risksIn(choices, { ...token, passcodeStyle: 'tokencode-only' })).toEqual(['deny-advised'])
})

test('codes that outlive their token, or never end, are pointed out', () => {
  expect(risksIn(choices, { ...token, expiresAt: now })).toEqual(['outlives-token'])
  expect(risksIn({ ...choices, lifetime: 'none' }, token)).toEqual(['no-expiration'])
})

test('codes can be generated before lifetime and rule agree', () => {
  const settings = settingsToPropose({ ...choices, lifetime: 'none', rule: 'allow-after-expiry' }, now)
  expect(settings).toEqual({
    method: { type: 'one-time-set', count: 5 },
    expiresAt: null,
    ifTokenBecomesAvailable: 'deny',
  })
})
