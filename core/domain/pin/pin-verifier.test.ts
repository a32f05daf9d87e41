import fc from 'fast-check'
import { expect, it } from 'vitest'
import { testPinKeys } from '../testing/pin-keys.ts'
import { makeCodeVerifier, makePinVerifier, pinCheck, verifyCode, verifyPin } from './pin-verifier.ts'

const keys = testPinKeys()

it('accepts exactly the PIN it was made from, for exactly the token it was made for', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (pin, other, tokenId, otherToken) => {
      const verifier = makePinVerifier(pin, tokenId, keys)
      expect(verifyPin(pin, { tokenId, verifier }, keys)).toBe(true)
      expect(verifyPin(other, { tokenId, verifier }, keys)).toBe(other === pin)
      const isPin = pinCheck({ tokenId, verifier }, keys)
      expect([isPin(other), isPin(pin)]).toEqual([other === pin, true])
      expect(verifyPin(pin, { tokenId: otherToken, verifier }, keys)).toBe(otherToken === tokenId)
    }),
  )
})

it('never lets a PIN pass for an emergency code, nor the other way round', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9A-Z]{4,8}$/), (text) => {
      const pin = makePinVerifier(text, 't1', keys)
      const code = makeCodeVerifier(text, 't1', keys)
      expect(verifyCode(text, { tokenId: 't1', verifier: pin }, keys)).toBe(false)
      expect(verifyPin(text, { tokenId: 't1', verifier: code }, keys)).toBe(false)
    }),
  )
})

it('keeps no PIN and gives two tokens with one PIN different verifiers', () => {
  const first = makePinVerifier('493817', 't1', keys)
  expect(first.keyId).toBe('k2')
  expect(first.mac).toHaveLength(32)
  expect(makePinVerifier('493817', 't2', keys).mac).not.toEqual(first.mac)
})

it('accepts a PIN made under an earlier key while that key is in the key ring, and not after', () => {
  const earlier = testPinKeys('k1')
  const verifier = makePinVerifier('493817', 't1', earlier)
  expect(verifyPin('493817', { tokenId: 't1', verifier }, keys)).toBe(true)
  const without = { current: keys.current, byId: new Map([['k2', keys.current.key]]) }
  expect(verifyPin('493817', { tokenId: 't1', verifier }, without)).toBe(false)
  expect(pinCheck({ tokenId: 't1', verifier }, without)('493817')).toBe(false)
})

it('tells PINs apart by case, but not emergency codes', () => {
  const pin = makePinVerifier('ab12', 't1', keys)
  expect(verifyPin('AB12', { tokenId: 't1', verifier: pin }, keys)).toBe(false)
  const code = makeCodeVerifier('KXTR2345', 't1', keys)
  expect(verifyCode('kxtr2345', { tokenId: 't1', verifier: code }, keys)).toBe(true)
  expect(verifyCode('kxtr2346', { tokenId: 't1', verifier: code }, keys)).toBe(false)
})
