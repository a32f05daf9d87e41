import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { INITIAL_POLICIES } from '../policy/defaults.ts'
import { emergencyAccess } from '../testing/emergency.ts'
import { aToken } from '../testing/tokens.ts'
import { MAX_PASSCODE_LENGTH, readEmergencyPasscode, readTokencodePasscode } from './read-passcode.ts'

const rules = INITIAL_POLICIES.token.pin
const fob = aToken()
const unset = aToken({ pin: null })
const proposed = aToken({ pin: null, state: { proposedPin: fob.state.pin } })
const pinless = aToken({ record: { passcodeStyle: 'tokencode-only' } })
/** It had a PIN before it was set to tokencode only. */
const formerlyFob = aToken({ record: { passcodeStyle: 'tokencode-only' }, state: { pin: fob.state.pin } })

describe('a passcode is read as PIN and tokencode', () => {
  it('always from its end, whatever characters the PIN has', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 4, maxLength: 8, unit: 'binary-ascii' }), fc.nat(999_999), (pin, number) => {
        const code = String(number).padStart(6, '0')
        expect(readTokencodePasscode(pin + code, fob, rules)).toEqual({ pin, code })
      }),
    )
  })

  it.each([
    ['with a PIN', fob, '4711123456', '4711'],
    ['without one where none is set', unset, '123456', ''],
    ['with the PIN set a moment ago', proposed, '4711123456', '4711'],
    ['without it, to open the dialogue anew', proposed, '123456', ''],
    ['of a token without PIN', pinless, '123456', ''],
    ['of a token whose PIN no longer counts', formerlyFob, '123456', ''],
    ['with a PIN of a length that the policy no longer allows', aToken({ pin: '471' }), '471123456', '471'],
  ])('%s', (_, token, passcode, pin) => {
    expect(readTokencodePasscode(passcode, token, rules)).toEqual({ pin, code: '123456' })
  })

  it.each([
    ['too short', fob, '12345'],
    ['no PIN where one is set', fob, '123456'],
    ['a PIN too short', fob, '471123456'],
    ['a PIN too long', fob, '471147114123456'],
    ['a code with letters', fob, '471112345x'],
    ['a code with a letter in front', fob, '4711x23456'],
    ['a PIN where none is set', unset, '4711123456'],
    ['a PIN for a token without', pinless, '4711123456'],
    ['a PIN that no longer counts', formerlyFob, '4711123456'],
    ['far too long', fob, '4'.repeat(MAX_PASSCODE_LENGTH + 1)],
  ])('and refused for its format: %s', (_, token, passcode) => {
    expect(readTokencodePasscode(passcode, token, rules)).toBeUndefined()
  })

  it('up to 64 characters, if the PIN may be that long', () => {
    const long = { ...rules, maxLength: 100 }
    expect(readTokencodePasscode('4'.repeat(64), fob, long)).toEqual({ pin: '4'.repeat(58), code: '444444' })
    expect(readTokencodePasscode('4'.repeat(65), fob, long)).toBeUndefined()
  })
})

describe('a passcode is read as PIN and emergency code', () => {
  const away = aToken({ state: { emergency: emergencyAccess('one-time-set') } })

  it.each([
    ['4711K7MN4PQR', { pin: '4711', code: 'K7MN4PQR' }],
    ['K7MN4PQR', { pin: '', code: 'K7MN4PQR' }],
    ['K7MN4PQ', undefined],
    ['471K7MN4PQR', undefined],
    ['471147114K7MN4PQR', undefined],
    ['', undefined],
  ])('%j', (passcode, reading) => {
    expect(readEmergencyPasscode(passcode, away, rules)).toEqual(reading)
  })

  it('never where there is no emergency access, nor when it is far too long', () => {
    expect(readEmergencyPasscode('4711K7MN4PQR', fob, rules)).toBeUndefined()
    const long = { ...rules, maxLength: 100 }
    expect(readEmergencyPasscode('4'.repeat(64), away, long)?.pin).toHaveLength(56)
    expect(readEmergencyPasscode('4'.repeat(65), away, long)).toBeUndefined()
  })
})
