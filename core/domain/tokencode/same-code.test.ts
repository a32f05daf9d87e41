import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sameCode } from './same-code.ts'

it('says exactly when two codes are the same', () => {
  const code = fc.stringMatching(/^[0-2]{0,3}$/)
  fc.assert(
    fc.property(code, code, (left, right) => {
      expect(sameCode(left, right)).toBe(left === right)
    }),
  )
})
