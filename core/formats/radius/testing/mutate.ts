export interface MutationRun {
  readonly rounds: number
  /** The same seed gives the same packets. */
  readonly seed: number
}

/** `rounds` packets made from `originals` by flips, cuts, insertions, splices, and lengths set right or wrong. */
export function* mutations(originals: readonly Uint8Array[], run: MutationRun): Generator<Uint8Array> {
  const below = randomBelow(run.seed)
  const pick = () => originals[below(originals.length)] ?? new Uint8Array(20)
  for (let round = 0; round < run.rounds; round += 1) {
    let octets: Uint8Array = Uint8Array.from(pick())
    const changes = 1 + below(4)
    for (let i = 0; i < changes; i += 1) octets = mutateOnce(octets, pick(), below)
    if (octets.length >= 4 && below(2) === 0) {
      octets[2] = octets.length >> 8
      octets[3] = octets.length & 255
    }
    yield octets
  }
}

type Below = (limit: number) => number

function mutateOnce(octets: Uint8Array, other: Uint8Array, below: Below): Uint8Array {
  const at = below(octets.length + 1)
  switch (below(6)) {
    case 0: {
      const flipped = Uint8Array.from(octets)
      if (at < flipped.length) flipped[at] = (flipped[at] ?? 0) ^ (1 << below(8))
      return flipped
    }
    case 1: {
      const replaced = Uint8Array.from(octets)
      if (at < replaced.length) replaced[at] = [0, 1, 2, 3, 127, 128, 253, 254, 255][below(9)] ?? 0
      return replaced
    }
    case 2:
      return octets.slice(0, at)
    case 3:
      return Uint8Array.of(...octets.subarray(0, at), below(256), ...octets.subarray(at))
    case 4:
      return Uint8Array.of(...octets.subarray(0, at), ...octets.subarray(Math.min(octets.length, at + 1 + below(4))))
    default:
      return Uint8Array.of(...octets.subarray(0, at), ...other.subarray(Math.min(at, other.length)))
  }
}

// xorshift32: small, fast, repeatable; its quality is ample for choosing mutations.
function randomBelow(seed: number): Below {
  let state = (seed | 0) ^ 0x9e3779b9 || 1
  return (limit) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % limit
  }
}
