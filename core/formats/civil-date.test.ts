import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatCivilDay, parseCivilDay } from './civil-date.ts'

describe('civil dates', () => {
  it('agrees with the calendar of the platform on every day of the years 0000-9999', () => {
    fc.assert(
      fc.property(fc.integer({ min: -719528, max: 2932896 }), (day) => {
        const iso = new Date(day * 86_400_000).toISOString().slice(0, 10)
        expect(formatCivilDay(day, '-')).toBe(iso)
        expect(parseCivilDay(iso, '-')).toBe(day)
      }),
      { numRuns: 5000 },
    )
  })

  it.each([
    '2023/02/29',
    '1900/02/29',
    '2026/13/01',
    '2026/00/10',
    '2026/04/31',
    '2026/4/1',
    '26/04/01',
    '2026-04-01',
    '',
  ])('refuses %s', (text) => {
    expect(parseCivilDay(text, '/')).toBeUndefined()
  })

  it('accepts the leap day of 2000', () => {
    expect(parseCivilDay('2000/02/29', '/')).toBe(11016)
  })
})
