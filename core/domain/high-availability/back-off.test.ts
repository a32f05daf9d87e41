import fc from 'fast-check'
import { expect, it } from 'vitest'
import { backOffMs, nextIntervalMs } from './back-off.ts'

const chance = fc.uint8Array({ minLength: 4, maxLength: 4 })
const NONE = new Uint8Array(4)

it('doubles with each failure, up to a quarter of an hour', () => {
  expect([1, 2, 3, 9, 60].map((failures) => backOffMs(failures, NONE))).toEqual([2500, 5000, 10_000, 450_000, 450_000])
})

it('takes its chance from all four bytes, the first one counting most', () => {
  const waits = [
    [255, 255, 255, 255],
    [128, 0, 0, 0],
    [0, 128, 0, 0],
    [0, 0, 255, 255],
    [0, 0, 0, 10],
  ].map((bytes) => backOffMs(60, Uint8Array.from(bytes)))
  expect(waits).toEqual([900_000, 675_000, 450_879, 450_007, 450_000])
})

it('never waits less than half or more than the whole of its time', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), chance, (failures, bytes) => {
      const least = backOffMs(failures, NONE)
      expect(backOffMs(failures, bytes)).toBeGreaterThanOrEqual(least)
      expect(backOffMs(failures, bytes)).toBeLessThanOrEqual(2 * least)
    }),
  )
})

it('always keeps a regular run within a tenth of its interval', () => {
  fc.assert(
    fc.property(fc.integer({ min: 10_000, max: 86_400_000 }), chance, (interval, bytes) => {
      expect(Math.abs(nextIntervalMs(interval, bytes) - interval)).toBeLessThanOrEqual(Math.ceil(interval / 10))
    }),
  )
})
