import { keyedHash } from '../keyed-hash.ts'

/** Bytes of entropy below which no stream is made. */
export const MIN_ENTROPY_BYTES = 32

/** Thrown when a caller hands in too little entropy: a fault of the program, never of a user. */
export class EntropyTooShortError extends Error {
  readonly code = 'ENTROPY_TOO_SHORT'
  constructor(bytes: number) {
    super(`entropy: ${bytes} bytes were given, at least ${MIN_ENTROPY_BYTES} are needed`)
    this.name = 'EntropyTooShortError'
  }
}

export interface RandomStream {
  /** @param limit at least 1. @returns a whole number from 0 to limit-1, each equally likely. */
  below(limit: bigint): bigint
  /** One element of a list that is not empty, each equally likely. */
  pick<T>(choices: readonly [T, ...T[]]): T
}

/**
 * A stream that does not run out, drawn from at least 32 bytes of true entropy: HMAC-SHA256 in counter mode, keyed by the
 * entropy. The same entropy for another purpose gives an unrelated stream. Use entropy once per purpose, then forget it.
 * @throws EntropyTooShortError
 */
export function randomStream(entropy: Uint8Array, purpose: string): RandomStream {
  if (entropy.length < MIN_ENTROPY_BYTES) throw new EntropyTooShortError(entropy.length)
  const key = entropy.slice()
  let block: Uint8Array = new Uint8Array(0)
  let blocks = 0
  let used = 0
  const nextByte = () => {
    if (used === block.length) {
      block = keyedHash(key, ['driftlock random stream 1', purpose, String(blocks)])
      blocks += 1
      used = 0
    }
    used += 1
    return block[used - 1] ?? 0 // the block has this byte; `?? 0` only satisfies the index check
  }
  const below = (limit: bigint) => drawBelow(limit, nextByte)
  return { below, pick: (choices) => choices[Number(below(BigInt(choices.length)))] ?? choices[0] }
}

/** Draws as many bits as the largest result has, and draws again while the number is too large: no value is favoured. */
function drawBelow(limit: bigint, nextByte: () => number): bigint {
  const bits = (limit - 1n).toString(2).length
  const bytes = Math.ceil(bits / 8)
  for (;;) {
    let drawn = 0n
    for (let index = 0; index < bytes; index++) drawn = (drawn << 8n) | BigInt(nextByte())
    const result = BigInt.asUintN(bits, drawn)
    if (result < limit) return result
  }
}
