import { createHmac, randomBytes } from 'node:crypto'

interface Done<T> {
  readonly outcome: Promise<T>
  readonly untilMs: number
}

const REMEMBERED_MS = 120_000
const MOST_REMEMBERED = 10_000

/**
 * Does a thing once for the same submission: whoever sends a form twice (a double click, a reload) gets the first one's
 * outcome again, and no second guess is made. What was typed is kept as an HMAC under a key of the process.
 */
export class Once<T> {
  readonly #key = randomBytes(32)
  readonly #nowMs: () => number
  readonly #done = new Map<string, Done<T>>()

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
  }

  /** @param submission Everything that makes it the same one: the form's id and what was typed. */
  do(submission: readonly string[], work: () => Promise<T>): Promise<T> {
    const id = createHmac('sha256', this.#key).update(JSON.stringify(submission)).digest('base64url')
    const nowMs = this.#nowMs()
    const known = this.#done.get(id)
    if (known !== undefined && known.untilMs > nowMs) return known.outcome
    this.#forget(nowMs)
    const outcome = work()
    this.#done.set(id, { outcome, untilMs: nowMs + REMEMBERED_MS })
    // What failed for a technical cause may be tried again.
    outcome.catch(() => this.#done.delete(id))
    return outcome
  }

  #forget(nowMs: number): void {
    for (const [id, { untilMs }] of this.#done) {
      if (untilMs > nowMs && this.#done.size < MOST_REMEMBERED) return
      this.#done.delete(id)
    }
  }
}
