import { expect, it } from 'vitest'
import { compareWithModel } from '../testing/compare-with-model.ts'

it('decides as a small independent model does, over random histories of attempts, answers and administration', () => {
  const { steps, answers } = compareWithModel({ numRuns: 500, seed: 20_260_105 })
  expect(steps).toBeGreaterThan(5000)
  const kinds = ['accept', 'reject', 'next-tokencode', 'new-pin', 'confirm-pin', 'passcode-after-new-pin']
  const rare = kinds.filter((kind) => (answers.get(kind) ?? 0) < 20)
  expect(rare).toEqual([])
})
