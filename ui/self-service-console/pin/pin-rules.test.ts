import { describe, expect, it } from 'vitest'
import { keepsToRules } from './pin-rules.ts'

const digits = {
  minLength: 4,
  maxLength: 8,
  characters: 'digits',
  minLetters: 0,
  minDigits: 0,
  leadingZeroAllowed: false,
} as const
const mixed = { ...digits, characters: 'letters-and-digits', minLetters: 1, minDigits: 2 } as const

describe('the rules of a PIN', () => {
  it.each(['2468', '24681357'])('let %s pass where digits are asked for', (pin) => {
    expect(keepsToRules(pin, digits)).toBe(true)
  })

  it.each(['246', '246813579', '0246', '24a8', '24 68'])('refuse %s where digits are asked for', (pin) => {
    expect(keepsToRules(pin, digits)).toBe(false)
  })

  it('count letters and digits where both are asked for', () => {
    expect(keepsToRules('a2b4', mixed)).toBe(true)
    expect(keepsToRules('abc4', mixed)).toBe(false)
    expect(keepsToRules('2468', mixed)).toBe(false)
  })
})
