import fc from 'fast-check'
import { expect, it } from 'vitest'
import { driftAtPlace, placeOfDrift } from './drift-scale.ts'

it('never moves the slider backwards when the drift grows', () => {
  fc.assert(
    fc.property(fc.integer({ min: -999, max: 1000 }), (place) => {
      expect(driftAtPlace(place)).toBeGreaterThanOrEqual(driftAtPlace(place - 1))
    }),
  )
})

it.each([
  [0, 0],
  [1000, 57_600],
  [-1000, -57_600],
])('shows place %d as %d seconds, and back', (place, seconds) => {
  expect(driftAtPlace(place)).toBe(seconds)
  expect(placeOfDrift(seconds)).toBe(place)
})
