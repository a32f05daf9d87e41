import { expect, it } from 'vitest'
import { addMs, addSteps, NO_STEP, step, unixMs } from './time.ts'

it('cuts fractions of a millisecond off an instant, before 1970 too', () => {
  expect([unixMs(1.9), unixMs(-1.9), addMs(unixMs(1000), 0.9), addMs(unixMs(1000), -1.5)]).toEqual([1, -1, 1000, 998])
})

it('counts steps exactly, also where a number no longer could', () => {
  expect(addSteps(step(2n ** 64n - 2n), 1)).toBe(2n ** 64n - 1n)
  expect(addSteps(step(5), -7n)).toBe(-2n)
  expect(addSteps(NO_STEP, 1)).toBe(step(0))
})
