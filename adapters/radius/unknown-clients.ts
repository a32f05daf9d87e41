/** A source that is no client, with what it sent. */
export interface UnknownClient {
  readonly address: string
  readonly packets: number
  readonly lastSeenMs: number
}

const rememberedAddresses = 1000

/** Counts packets from strangers by address; at most 1000 addresses, the one silent longest goes first. */
export class UnknownClients {
  readonly #seen = new Map<string, UnknownClient>()
  #packets = 0

  count(address: string, nowMs: number): void {
    this.#packets += 1
    const before = this.#seen.get(address)
    this.#seen.delete(address)
    this.#seen.set(address, { address, packets: (before?.packets ?? 0) + 1, lastSeenMs: nowMs })
    if (this.#seen.size <= rememberedAddresses) return
    for (const oldest of this.#seen.keys()) {
      this.#seen.delete(oldest)
      return
    }
  }

  get packets(): number {
    return this.#packets
  }

  /** Last seen first. */
  list(): readonly UnknownClient[] {
    return [...this.#seen.values()].toReversed()
  }
}
