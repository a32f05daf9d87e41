import type { RandomStream } from './random-stream.ts'

/** Characters of one type, and how many of them a text must have at least. Types share no character. */
export interface CharacterType {
  readonly alphabet: string
  readonly atLeast: number
}

export const DIGITS = '0123456789'
/** Without what looks alike beside letters: 0 and O, 1 and I and L. */
export const READABLE_DIGITS = '23456789'
/** Without O, I and L, and without the letters taken for a digit or another letter: B 8, S 5, Z 2, U V. */
export const READABLE_LETTERS = 'ACDEFGHJKMNPQRTVWXY'

/**
 * A text of `length` characters with the required counts, every such text equally likely: the numbers of characters per
 * type are drawn by how many texts have them, then the characters, then their order.
 * @returns undefined when the counts need more characters than there are.
 */
export function drawText(length: number, types: readonly CharacterType[], stream: RandomStream): string | undefined {
  const mixes = mixesOf(length, types)
  const total = mixes.reduce((sum, mix) => sum + mix.texts, 0n)
  if (total === 0n) return undefined
  let drawn = stream.below(total)
  const mix = mixes.find(({ texts }) => {
    drawn -= texts
    return drawn < 0n
  })
  const characters = (mix?.counts ?? []).flatMap((count, index) => drawCharacters(types[index], count, stream))
  return shuffled(characters, stream).join('')
}

/** How many different texts `drawText` can give; log2 of it is their entropy in bits. */
export function countTexts(length: number, types: readonly CharacterType[]): bigint {
  return mixesOf(length, types).reduce((sum, mix) => sum + mix.texts, 0n)
}

interface Mix {
  readonly counts: readonly number[]
  readonly texts: bigint
}

/** Every way to share `length` places among the types, with the number of texts it stands for. */
function mixesOf(length: number, types: readonly CharacterType[]): readonly Mix[] {
  const [first, ...others] = types
  if (first === undefined) return length === 0 ? [{ counts: [], texts: 1n }] : []
  const mixes: Mix[] = []
  for (let count = first.atLeast; count <= length; count++) {
    const here = binomial(length, count) * BigInt(first.alphabet.length) ** BigInt(count)
    for (const rest of mixesOf(length - count, others)) {
      mixes.push({ counts: [count, ...rest.counts], texts: here * rest.texts })
    }
  }
  return mixes
}

function binomial(places: number, chosen: number): bigint {
  let ways = 1n
  for (let index = 1n; index <= BigInt(chosen); index++) ways = (ways * (BigInt(places - chosen) + index)) / index
  return ways
}

function drawCharacters(type: CharacterType | undefined, count: number, stream: RandomStream): string[] {
  const alphabet = type?.alphabet ?? ''
  return Array.from({ length: count }, () => alphabet.charAt(Number(stream.below(BigInt(alphabet.length)))))
}

/** Fisher and Yates: every order equally likely. */
function shuffled(characters: readonly string[], stream: RandomStream): readonly string[] {
  const rest = [...characters]
  const order: string[] = []
  while (rest.length > 0) order.push(...rest.splice(Number(stream.below(BigInt(rest.length))), 1))
  return order
}
