export interface FleetSettings {
  /** Tokens that must have logged in within `windowMs` before they are believed. */
  readonly leastTokens: number
  readonly windowMs: number
  /** A shift of the fleet below this is drift of seasons and batches, not a clock that was set. */
  readonly shiftMs: number
  /** Share of the tokens that must have moved that way, 0-1. */
  readonly share: number
}

export const FLEET_SETTINGS: FleetSettings = { leastTokens: 8, windowMs: 3_600_000, shiftMs: 45_000, share: 0.75 }

/** Latest tokens kept; more tell nothing more. */
const MOST_TOKENS = 512

interface Vote {
  readonly surpriseMs: number
  readonly atMs: number
}

/**
 * The tokens as witnesses of the server's clock: one token that is off has drifted, most tokens off the same way mean
 * that the server moved. Each token has one vote, its latest, so that nobody with one token can make a doubt.
 */
export class FleetWitness {
  readonly #settings: FleetSettings
  /** By token id, the oldest vote first. */
  readonly #votes = new Map<string, Vote>()

  constructor(settings: FleetSettings = FLEET_SETTINGS) {
    this.#settings = settings
  }

  /** @param surpriseMs + = the token seemed ahead of what was expected, i.e. the server may be behind. */
  add(tokenId: string, vote: Vote): void {
    this.#votes.delete(tokenId)
    this.#votes.set(tokenId, vote)
    for (const oldest of this.#votes.keys()) {
      if (this.#votes.size <= MOST_TOKENS) break
      this.#votes.delete(oldest)
    }
  }

  forget(): void {
    this.#votes.clear()
  }

  /** @returns the median surprise of the fleet in ms if it moved together, else `undefined`. */
  movedMs(nowMs: number): number | undefined {
    const { leastTokens, windowMs, shiftMs, share } = this.#settings
    const recent = [...this.#votes.values()].filter(({ atMs }) => nowMs - atMs <= windowMs)
    if (recent.length < leastTokens) return undefined
    const surprises = recent.map(({ surpriseMs }) => surpriseMs).toSorted((a, b) => a - b)
    const median = surprises[surprises.length >> 1] ?? 0
    if (Math.abs(median) < shiftMs) return undefined
    const along = surprises.filter((surprise) => Math.abs(surprise - median) <= Math.abs(median) / 2)
    return along.length >= share * surprises.length ? median : undefined
  }
}
