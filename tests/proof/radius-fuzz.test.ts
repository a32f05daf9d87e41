import { expect, it } from 'vitest'
import { fuzzRadius } from './fuzz-radius.ts'
import { mutations } from '../../core/formats/radius/testing/mutate.ts'

it('survives 100,000 mutated requests and answers none that was not sealed by the client', () => {
  const result = fuzzRadius(
    (originals) => mutations(originals, { rounds: 100_000, seed: 7 }),
    () => undefined,
  )
  expect(result.failures).toEqual([])
  expect(result.parsed).toBeGreaterThan(10_000)
  expect(result.answered).toBeGreaterThan(0)
})
