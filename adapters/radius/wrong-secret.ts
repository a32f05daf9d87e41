/** Unreadable requests in a row that make a wrong secret the likeliest cause; one can be damage, three are not. */
const suspiciousRun = 3
const rememberedSources = 10_000

/**
 * Notices a wrong shared secret: passwords of one source that reveal to garbage, or invalid Message-Authenticators, with no
 * readable request in between. Kept by source address, since one client entry may stand for a network of devices.
 */
export class SecretSuspicion {
  readonly #runs = new Map<string, { clientId: string; address: string; run: number }>()

  /** Counts an unreadable request. True when the suspicion begins with this one, and now and again while it lasts. */
  unreadable(clientId: string, address: string): boolean {
    const key = `${clientId} ${address}`
    const source = this.#runs.get(key) ?? { clientId, address, run: 0 }
    if (source.run === 0) {
      if (this.#runs.size >= rememberedSources) this.#runs.clear()
      this.#runs.set(key, source)
    }
    source.run += 1
    return source.run % suspiciousRun === 0
  }

  /** Takes note of a request that made sense: whatever came before was not the secret. */
  readable(clientId: string, address: string): void {
    if (this.#runs.size > 0) this.#runs.delete(`${clientId} ${address}`)
  }

  /** The addresses from which `clientId` seems to use another secret; empty when there is no suspicion. */
  sources(clientId: string): readonly string[] {
    const suspects = [...this.#runs.values()].filter(
      (source) => source.clientId === clientId && source.run >= suspiciousRun,
    )
    return suspects.map(({ address }) => address)
  }

  /** Forgets a client, for instance when its secret was changed. */
  forget(clientId: string): void {
    for (const [key, source] of this.#runs) if (source.clientId === clientId) this.#runs.delete(key)
  }
}
