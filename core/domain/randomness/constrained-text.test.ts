import fc from 'fast-check'
import { expect, it } from 'vitest'
import { countTexts, DIGITS, drawText, READABLE_DIGITS, READABLE_LETTERS } from './constrained-text.ts'
import { randomStream } from './random-stream.ts'

const twoTypes = (digits: number, letters: number) => [
  { alphabet: READABLE_DIGITS, atLeast: digits },
  { alphabet: READABLE_LETTERS, atLeast: letters },
]

function countOf(text: string, alphabet: string): number {
  return [...text].filter((character) => alphabet.includes(character)).length
}

it('always has the asked length and at least the asked counts, and only characters of the alphabets', () => {
  const entropy = fc.uint8Array({ minLength: 32, maxLength: 32 })
  const counts = fc.nat({ max: 6 })
  fc.assert(
    fc.property(entropy, fc.nat({ max: 12 }), counts, counts, (bytes, extra, digits, letters) => {
      const length = digits + letters + extra
      const text = drawText(length, twoTypes(digits, letters), randomStream(bytes, 'test')) ?? ''
      expect(text).toHaveLength(length)
      expect(countOf(text, READABLE_DIGITS)).toBeGreaterThanOrEqual(digits)
      expect(countOf(text, READABLE_LETTERS)).toBeGreaterThanOrEqual(letters)
      expect(countOf(text, READABLE_DIGITS + READABLE_LETTERS)).toBe(length)
    }),
  )
})

it('counts exactly the texts there are', () => {
  const types = [
    { alphabet: 'ab', atLeast: 1 },
    { alphabet: '012', atLeast: 1 },
  ]
  const all = [...'ab012'].flatMap((x) => [...'ab012'].flatMap((y) => [...'ab012'].map((z) => x + y + z)))
  const allowed = all.filter((text) => /[ab]/.test(text) && /[012]/.test(text))
  expect(countTexts(3, types)).toBe(BigInt(allowed.length))
  expect(countTexts(4, [{ alphabet: DIGITS, atLeast: 0 }])).toBe(10_000n)
})

it('gives every allowed text, each equally often within five standard deviations', () => {
  const types = [
    { alphabet: 'ab', atLeast: 1 },
    { alphabet: '012', atLeast: 1 },
  ]
  const stream = randomStream(new Uint8Array(32).fill(5), 'even')
  const kinds = Number(countTexts(3, types))
  const draws = kinds * 300
  const counts = new Map<string, number>()
  for (let draw = 0; draw < draws; draw++) {
    const text = drawText(3, types, stream) ?? ''
    counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  expect(counts.size).toBe(kinds)
  for (const count of counts.values()) expect(Math.abs(count - 300)).toBeLessThan(5 * Math.sqrt(300))
})

it('gives nothing when the counts do not fit or there is no type', () => {
  const stream = randomStream(new Uint8Array(32), 'none')
  expect(drawText(3, twoTypes(2, 2), stream)).toBeUndefined()
  expect(drawText(3, [], stream)).toBeUndefined()
})

it('has no look-alike characters in the readable alphabets', () => {
  expect(READABLE_DIGITS + READABLE_LETTERS).not.toMatch(/[01OILBSZU]/)
  expect(new Set(READABLE_DIGITS + READABLE_LETTERS).size).toBe(27)
})
