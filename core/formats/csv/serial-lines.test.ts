import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SerialLines } from './serial-lines.ts'

describe('the lines of serials', () => {
  it('are found as in a map, whatever the serials', () => {
    const serial = fc.oneof(
      fc.stringMatching(/^[0-9]{1,16}$/),
      fc.integer({ min: 0, max: 3000 }).map(String),
      fc.string(),
    )
    fc.assert(
      fc.property(fc.array(serial, { maxLength: 3000 }), (serials) => {
        const lines = new SerialLines()
        const map = new Map<string, number>()
        for (const [index, each] of serials.entries()) {
          expect(lines.get(each)).toBe(map.get(each))
          lines.set(each, index + 1)
          map.set(each, index + 1)
        }
        for (const [each, line] of map) expect(lines.get(each)).toBe(line)
      }),
    )
  })

  it('keep serials apart that differ in leading zeros only', () => {
    const lines = new SerialLines()
    lines.set('007', 1)
    expect(lines.get('7')).toBeUndefined()
    expect(lines.get('007')).toBe(1)
  })

  it('hold a hundred thousand serials in a row, as vendors number them', () => {
    const lines = new SerialLines()
    const start = 305_000_000_000
    for (let index = 0; index < 100_000; index++) lines.set(String(start + index), index + 1)
    for (let index = 0; index < 100_000; index += 997) expect(lines.get(String(start + index))).toBe(index + 1)
    expect(lines.get(String(start + 100_000))).toBeUndefined()
  })
})
