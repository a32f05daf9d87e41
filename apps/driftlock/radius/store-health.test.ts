import { expect, it } from 'vitest'
import { Hourly } from './hourly.ts'
import { StoreHealth } from './store-health.ts'

it('is good while the store answers, and not when it falls silent', () => {
  const health = new StoreHealth(0)
  expect(health.isGood(3_000)).toBe(true)
  expect(health.isGood(4_000)).toBe(false)
  health.answered(5_000)
  expect(health.isGood(6_000)).toBe(true)
})

it('is bad for five seconds after a failed log-on, although reading goes well', () => {
  const health = new StoreHealth(0)
  health.failed(1_000)
  health.answered(5_500)
  expect(health.isGood(5_999)).toBe(false)
  expect(health.isGood(6_000)).toBe(true)
})

it('lets one event of a client through in an hour', () => {
  const hourly = new Hourly()
  expect([hourly.allows('a', 0), hourly.allows('a', 3_599_999), hourly.allows('b', 0)]).toEqual([true, false, true])
  expect(hourly.allows('a', 3_600_000)).toBe(true)
})
