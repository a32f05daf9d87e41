/** A repeatable source of numbers in [0, 1) for simulations; never for secrets. */
export type Randomness = () => number

/** xorshift32 (Marsaglia 2003). The same seed gives the same numbers everywhere. */
export function seededRandom(seed: number): Randomness {
  let state = seed | 0 || 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}
