/** A source that is no client, with what it sent. */
export interface UnknownClient {
  readonly address: string
  readonly packets: number
  readonly lastSeenMs: number
}

const REMEMBERED = 500

/**
 * Counts packets from strangers by address: at most 500 addresses that were heard once and 500 that were heard again, of each
 * the one silent longest goes first. So a flood under made-up addresses does not drive out a VPN that was heard before it.
 */
export class UnknownClients {
  readonly #once = new Map<string, UnknownClient>()
  readonly #again = new Map<string, UnknownClient>()
  #packets = 0

  count(address: string, nowMs: number): void {
    this.#packets += 1
    const before = this.#again.get(address) ?? this.#once.get(address)
    this.#once.delete(address)
    this.#again.delete(address)
    const seen = before === undefined ? this.#once : this.#again
    seen.set(address, { address, packets: (before?.packets ?? 0) + 1, lastSeenMs: nowMs })
    if (seen.size <= REMEMBERED) return
    for (const oldest of seen.keys()) {
      seen.delete(oldest)
      return
    }
  }

  get packets(): number {
    return this.#packets
  }

  /** Last seen first. */
  list(): readonly UnknownClient[] {
    return [...this.#once.values(), ...this.#again.values()].toSorted((a, b) => b.lastSeenMs - a.lastSeenMs)
  }
}
