import fc from 'fast-check'
import { expect, it } from 'vitest'
import { MAX_USERNAME_LENGTH, normaliseUsername } from './username.ts'
import { anyCharacter } from '../testing/any-character.ts'

const keyOf = (raw: string) => {
  const result = normaliseUsername(raw)
  return result.ok ? result.username.key : result.fault
}

it('finds the same user for every case, width and composition of the same name', () => {
  expect(keyOf('Jane.Doe')).toBe('jane.doe')
  expect(keyOf('  JANE.DOE\t')).toBe('jane.doe')
  expect(keyOf('ｊａｎｅ．ｄｏｅ')).toBe('jane.doe')
  expect(keyOf('Zoe\u0308')).toBe(keyOf('ZOË'))
  expect(keyOf('ΟΔΟΣ')).toBe(keyOf('οδοσ'))
})

it('keeps the spelling for showing', () => {
  expect(normaliseUsername(' Jane.Doe ')).toEqual({ ok: true, username: { text: 'Jane.Doe', key: 'jane.doe' } })
})

it('never changes what was normalised before', () => {
  const anyText = fc.oneof(
    fc.string({ unit: anyCharacter }),
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('İ', 'ẞ', 'ﬀΣ', 'ϴ'),
  )
  fc.assert(
    fc.property(anyText, (raw) => {
      const once = normaliseUsername(raw)
      if (!once.ok) return
      expect(normaliseUsername(once.username.text)).toEqual(once)
      expect(keyOf(once.username.key)).toBe(once.username.key)
    }),
    { numRuns: 1000 },
  )
})

it.each([
  ['', 'empty'],
  [' \u3000', 'empty'],
  ['jane\u200bdoe', 'invisible-characters'],
  ['jane\u202eeod', 'invisible-characters'],
  ['jane\0', 'invisible-characters'],
  ['jane\ud800', 'invisible-characters'],
  ['x'.repeat(MAX_USERNAME_LENGTH + 1), 'too-long'],
  ['x'.repeat(1_000_000), 'too-long'],
])('refuses %j as %s', (raw, fault) => {
  expect(normaliseUsername(raw)).toEqual({ ok: false, fault })
})

it('takes a user ID of exactly the longest length', () => {
  expect(keyOf('x'.repeat(MAX_USERNAME_LENGTH))).toHaveLength(MAX_USERNAME_LENGTH)
})

it('calls a short spelling too long when normalising makes it so', () => {
  expect(keyOf('\ufdfa'.repeat(20))).toBe('too-long')
})
