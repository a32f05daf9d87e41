/** Lets each client ask for the server's status a number of times per second; RFC 5997 §4.5 asks for a limit. */
export class StatusRate {
  readonly #perSecond: number
  readonly #windows = new Map<string, { startMs: number; used: number }>()

  constructor(perSecond: number) {
    this.#perSecond = perSecond
  }

  allows(clientId: string, nowMs: number): boolean {
    const window = this.#windows.get(clientId)
    if (window === undefined || nowMs - window.startMs >= 1000) {
      this.#windows.set(clientId, { startMs: nowMs, used: 1 })
      return true
    }
    window.used += 1
    return window.used <= this.#perSecond
  }

  /** Forgets all windows; called when the clients change, so that the map holds clients that exist. */
  clear(): void {
    this.#windows.clear()
  }
}
