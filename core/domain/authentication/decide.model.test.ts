import { expect, it } from 'vitest'
import { compareWithModel } from '../testing/compare-with-model.ts'

it('decides as a small independent model does, over random histories of attempts, answers and administration', () => {
  const { steps, answers } = compareWithModel({ numRuns: 400, seed: 20_260_105 })
  expect(steps).toBeGreaterThan(5000)
  for (const answer of ['accept', 'reject', 'next-tokencode', 'new-pin', 'confirm-pin', 'passcode-after-new-pin']) {
    expect([answer, answers.get(answer) ?? 0]).toEqual([answer, expect.any(Number)])
    expect(answers.get(answer) ?? 0, answer).toBeGreaterThan(20)
  }
})
