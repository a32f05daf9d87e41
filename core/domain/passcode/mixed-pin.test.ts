import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mixPin } from '../tokencode/pinpad.ts'
import { mixedPin } from './mixed-pin.ts'

const digits = (minLength: number, maxLength: number) =>
  fc.array(fc.constantFrom(...'0123456789'), { minLength, maxLength }).map((list) => list.join(''))

describe('mixedPin', () => {
  it('always finds the PIN that was mixed in, when it knows its length', () => {
    fc.assert(
      fc.property(digits(4, 6), digits(6, 8), (pin, code) => {
        expect(mixedPin(mixPin(code, pin), code, pin.length)).toBe(pin)
      }),
    )
  })

  it('finds none where a digit in front of the PIN was changed too', () => {
    expect(mixedPin('11234567', '10000000', 4)).toBeUndefined()
    expect(mixedPin('10004711', '10000000', 4)).toBe('4711')
    expect(mixedPin('10004711', '10000000', 8)).toBe('00004711')
  })

  it.each(['', '1234567', '123456789', '1234567a', 'a2345678', '12345678\n'])('finds none in %j', (passcode) => {
    expect(mixedPin(passcode, '12345678', 4)).toBeUndefined()
  })
})
