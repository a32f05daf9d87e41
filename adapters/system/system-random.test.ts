import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { systemRandom } from './system-random.ts'

describe('systemRandom', () => {
  it('gives as many octets as were asked for, in memory of their own', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), (count) => {
        const octets = systemRandom.bytes(count)
        expect(octets.length).toBe(count)
        expect(octets.buffer.byteLength).toBe(count)
      }),
    )
  })

  it('never gives the same octets again, across many refills of its pool', () => {
    const seen = new Set<string>()
    for (let round = 0; round < 5000; round++) seen.add(Buffer.from(systemRandom.bytes(16)).toString('hex'))
    expect(seen.size).toBe(5000)
  })

  it('leaves no octet of a request at zero but by chance', () => {
    const all = Array.from({ length: 2000 }, () => [...systemRandom.bytes(33)]).flat()
    const zeros = all.filter((octet) => octet === 0).length
    expect(zeros / all.length).toBeGreaterThan(1 / 256 / 2)
    expect(zeros / all.length).toBeLessThan((1 / 256) * 2)
  })
})
