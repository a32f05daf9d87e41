import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  EmergencyCodeFormatError,
  emergencyCodeEntropyBits,
  generateEmergencyCodes,
  isEmergencyCode,
  normaliseEmergencyCode,
} from './emergency-code-format.ts'
import { anyCharacter } from '../testing/any-character.ts'

const entropy = fc.uint8Array({ minLength: 32, maxLength: 32 })
const format = fc
  .record({
    length: fc.integer({ min: 6, max: 32 }),
    digits: fc.boolean(),
    letters: fc.boolean(),
    special: fc.boolean(),
  })
  .filter((candidate) => candidate.digits || candidate.letters || candidate.special)
const standard = { length: 8, digits: true, letters: true, special: false }

describe('generated emergency codes', () => {
  it('always have the length and at least one of each chosen type, and never another type', () => {
    fc.assert(
      fc.property(format, entropy, (chosen, bytes) => {
        for (const code of generateEmergencyCodes(chosen, 3, bytes)) {
          expect(code).toHaveLength(chosen.length)
          expect(/[0-9]/.test(code)).toBe(chosen.digits)
          expect(/[A-Z]/.test(code)).toBe(chosen.letters)
          expect(/[^0-9A-Z]/.test(code)).toBe(chosen.special)
          expect(isEmergencyCode(code, chosen)).toBe(true)
        }
      }),
    )
  })

  it('never hold look-alike characters where letters are used', () => {
    fc.assert(
      fc.property(format, entropy, (chosen, bytes) => {
        const codes = generateEmergencyCodes({ ...chosen, letters: true }, 3, bytes)
        expect(codes.join('')).not.toMatch(/[01OIL]/)
      }),
    )
  })

  it('are exactly as many as asked, all different', () => {
    fc.assert(
      fc.property(entropy, fc.integer({ min: 1, max: 50 }), (bytes, count) => {
        expect(new Set(generateEmergencyCodes(standard, count, bytes)).size).toBe(count)
      }),
      { numRuns: 30 },
    )
  })

  it('may be all there are, and are refused where more are asked', () => {
    const digit = { length: 1, digits: true, letters: false, special: false }
    expect(generateEmergencyCodes(digit, 10, new Uint8Array(32)).toSorted()).toEqual([...'0123456789'])
    const tooMany = () => generateEmergencyCodes(digit, 11, new Uint8Array(32))
    expect(tooMany).toThrow(expect.objectContaining({ code: 'EMERGENCY_CODE_FORMAT_IMPOSSIBLE' }))
    expect(tooMany).toThrow(/^emergencyCode: .*at least one type of character and a length of 6 or more$/)
  })

  it('are refused for a format without a type of character', () => {
    const none = { length: 8, digits: false, letters: false, special: false }
    expect(() => generateEmergencyCodes(none, 1, new Uint8Array(32))).toThrow(EmergencyCodeFormatError)
    expect(emergencyCodeEntropyBits(none)).toBe(0)
  })
})

it('estimates the entropy of a code by the number of possible codes', () => {
  const digitsOnly = { length: 8, digits: true, letters: false, special: false }
  expect(emergencyCodeEntropyBits(digitsOnly)).toBeCloseTo(Math.log2(10 ** 8), 10)
  // 27^8 codes, without those of digits only and those of letters only.
  expect(emergencyCodeEntropyBits(standard)).toBeCloseTo(Math.log2(27 ** 8 - 8 ** 8 - 19 ** 8), 10)
})

it('recognises a code in any case, and refuses other lengths, alphabets and codes without one of the types', () => {
  expect(isEmergencyCode('kxtr2345', standard)).toBe(true)
  expect(isEmergencyCode('KXTR234', standard)).toBe(false)
  expect(isEmergencyCode('KXTR2340', standard)).toBe(false)
  expect(isEmergencyCode('22345678', standard)).toBe(false)
  expect(isEmergencyCode('KXTRKXTR', standard)).toBe(false)
})

it('normalises ASCII letters only, once and for all', () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter }), (text) => {
      const once = normaliseEmergencyCode(text)
      expect(normaliseEmergencyCode(once)).toBe(once)
      expect(once).toHaveLength(text.length)
    }),
  )
  expect(normaliseEmergencyCode('abz-é19')).toBe('ABZ-é19')
})
