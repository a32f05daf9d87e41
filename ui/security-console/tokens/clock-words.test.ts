import { expect, test } from 'vitest'
import { lengthInWords } from './clock-words.ts'

test.each([
  [0, '0 sec'],
  [-14_400, '14 sec'],
  [65_000, '1 min 5 sec'],
  [-50_580_000, '14 hr 3 min'],
  [86_400_000, '1 day'],
])('%i ms is read as %s', (ms, words) => {
  expect(lengthInWords(ms, 'en')).toBe(words)
})
