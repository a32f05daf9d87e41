import { describe, expect, it } from 'vitest'
import { systemClock } from './system-clock.ts'
import { systemRandom } from './system-random.ts'

describe('the machine', () => {
  it('gives whole milliseconds and a monotonic clock that does not go back', () => {
    expect(Number.isInteger(systemClock.now())).toBe(true)
    expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(1000)
    const readings = Array.from({ length: 1000 }, () => systemClock.monotonicMs())
    expect(readings).toEqual(readings.toSorted((a, b) => a - b))
  })

  it('gives random octets in memory of their own', () => {
    const octets = systemRandom.bytes(32)
    expect(octets).toHaveLength(32)
    expect(octets.buffer.byteLength).toBe(32)
    expect(octets).not.toEqual(systemRandom.bytes(32))
  })
})
