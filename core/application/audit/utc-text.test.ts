import { unixMs } from '@driftlock/domain'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { utcText } from './utc-text.ts'

it('writes every instant of the years 0 to 9999 as a Date does', () => {
  const anyInstant = fc.integer({ min: Date.UTC(0, 0, 1) - 1900 * 366 * 86_400_000, max: Date.UTC(9999, 11, 31) })
  fc.assert(
    fc.property(anyInstant, (instant) => {
      fc.pre(new Date(instant).getUTCFullYear() >= 0)
      expect(utcText(unixMs(instant))).toBe(new Date(instant).toISOString())
    }),
    { numRuns: 2000 },
  )
})

it.each([
  '2024-02-29T23:59:59.999Z',
  '2100-03-01T00:00:00.000Z',
  '2000-02-29T00:00:00.001Z',
  '1969-12-31T23:59:59.999Z',
])('writes %s', (text) => {
  expect(utcText(unixMs(Date.parse(text)))).toBe(text)
})
