const HOUR_MS = 3_600_000
const MAX_REMEMBERED = 10_000

/** Lets one event per key and hour through. Times are of any steady clock. */
export class Hourly {
  readonly #lastMs = new Map<string, number>()

  allows(key: string, nowMs: number): boolean {
    const lastMs = this.#lastMs.get(key)
    if (lastMs !== undefined && nowMs - lastMs < HOUR_MS) return false
    if (this.#lastMs.size >= MAX_REMEMBERED) this.#lastMs.clear()
    this.#lastMs.set(key, nowMs)
    return true
  }
}
