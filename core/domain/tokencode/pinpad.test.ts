import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mixPin, unmixPin } from './pinpad.ts'

const digits = (minLength: number, maxLength: number) =>
  fc.stringMatching(new RegExp(`^[0-9]{${minLength},${maxLength}}$`))

describe('mixPin and unmixPin', () => {
  it('mix right aligned without carry', () => {
    expect(mixPin('210219', '1234')).toBe('211443')
    expect(mixPin('210219', '98765432')).toBe(mixPin('210219', '765432'))
    expect(mixPin('999999', '0011')).toBe('999900')
  })

  it('always take out exactly the PIN that went in, as far as the code carries it', () => {
    fc.assert(
      fc.property(digits(6, 8), digits(4, 8), (tokencode, pin) => {
        const passcode = mixPin(tokencode, pin)
        expect(passcode).toHaveLength(tokencode.length)
        expect(unmixPin(passcode, tokencode)).toBe(pin.slice(-tokencode.length).padStart(tokencode.length, '0'))
      }),
    )
  })

  it('refuse letters', () => {
    const refusal = { code: 'not-digits', message: expect.stringContaining('decimal digits only') }
    expect(() => mixPin('123456', '12a4')).toThrow(expect.objectContaining(refusal))
    expect(() => unmixPin('12345x', '123456')).toThrow(expect.objectContaining(refusal))
  })
})
