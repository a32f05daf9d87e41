import fc from 'fast-check'
import { expect, it } from 'vitest'
import { equalInConstantTime } from './constant-time.ts'

it('says equal exactly when every byte is equal', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), (left, right) => {
      expect(equalInConstantTime(left, right)).toBe(left.toString() === right.toString())
      expect(equalInConstantTime(left, left.slice())).toBe(true)
    }),
  )
})

it('finds a difference in any single bit', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1 }), fc.nat(), fc.nat({ max: 7 }), (bytes, position, bit) => {
      const changed = bytes.slice()
      const at = position % bytes.length
      changed[at] = (bytes[at] ?? 0) ^ (1 << bit)
      expect(equalInConstantTime(bytes, changed)).toBe(false)
    }),
  )
})

it('calls byte strings of different lengths different, even when one begins with the other', () => {
  expect(equalInConstantTime(new Uint8Array(2), new Uint8Array(3))).toBe(false)
  expect(equalInConstantTime(new Uint8Array(3), new Uint8Array(2))).toBe(false)
})
