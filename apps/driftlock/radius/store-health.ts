/** How long a failed log-on makes the instance count as broken: reading may go well while nothing can be written. */
const AFTER_FAILURE_MS = 5_000
/** A store that has not answered for so long is taken for lost. */
const MAX_SILENCE_MS = 4_000

/** Whether this instance could judge a log-on now: what Status-Server is told. Times are of one steady clock. */
export class StoreHealth {
  #answeredMs: number
  #failedMs = Number.NEGATIVE_INFINITY

  constructor(nowMs: number) {
    this.#answeredMs = nowMs
  }

  answered(nowMs: number): void {
    this.#answeredMs = nowMs
  }

  failed(nowMs: number): void {
    this.#failedMs = nowMs
  }

  isGood(nowMs: number): boolean {
    return nowMs - this.#answeredMs < MAX_SILENCE_MS && nowMs - this.#failedMs >= AFTER_FAILURE_MS
  }
}
