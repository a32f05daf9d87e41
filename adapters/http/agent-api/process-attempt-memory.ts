import {
  type AttemptArchive,
  type AttemptMemory,
  type Clock,
  type StoredAttempt,
  StoreError,
} from '@driftlock/application'
import { LONGEST_ATTEMPT_MS } from './attempt-register.ts'

export interface ProcessAttemptMemoryOptions {
  /** Where attempts are written down behind the answers, for the process after this one. */
  readonly archive: AttemptArchive
  readonly clock: Pick<Clock, 'monotonicMs' | 'now'>
  /** Told when attempts could not be written down; they are kept and written with the next ones. */
  readonly onError: (error: unknown) => void
}

/** Within this time after an answer a killed process forgets it; one that is stopped forgets nothing. */
const WRITE_BEHIND_MS = 50
const WRITTEN_AT_ONCE = 64

/**
 * Attempts in the memory of the process: for the embedded database, which one instance has for itself. No answer waits for
 * the disk: what changed is written down together a moment later, and a process that starts goes on with what the one before
 * it wrote down. Single use does not rest on it, but on the token's own state.
 */
export class ProcessAttemptMemory implements AttemptMemory {
  readonly #rows = new Map<string, StoredAttempt>()
  readonly #unwritten = new Map<string, StoredAttempt>()
  readonly #options: ProcessAttemptMemoryOptions
  /** By then everything that an earlier process wrote down has expired. */
  readonly #recallUntilMs: number
  #timer: ReturnType<typeof setTimeout> | undefined
  #writing: Promise<void> = Promise.resolve()

  constructor(options: ProcessAttemptMemoryOptions) {
    this.#options = options
    this.#recallUntilMs = options.clock.monotonicMs() + LONGEST_ATTEMPT_MS
  }

  async insert(attempt: StoredAttempt): Promise<void> {
    await this.#recall(attempt.id)
    if (this.#rows.has(attempt.id)) {
      throw new StoreError('ALREADY_EXISTS', 'The attempt is there already.', { facts: { entity: 'attempt' } })
    }
    this.#keep(attempt)
  }

  async find(id: string, now: number): Promise<StoredAttempt | undefined> {
    await this.#recall(id)
    const row = this.#rows.get(id)
    return row !== undefined && row.expiresAt > now ? row : undefined
  }

  async advance(attempt: StoredAttempt): Promise<boolean> {
    await this.#recall(attempt.id)
    if (this.#rows.get(attempt.id)?.version !== attempt.version - 1) return false
    this.#keep(attempt)
    return true
  }

  async take(id: string, now: StoredAttempt['expiresAt']): Promise<StoredAttempt | undefined> {
    const row = await this.find(id, now)
    if (!this.#rows.delete(id)) return undefined
    this.#unwritten.delete(id)
    await this.#writing
    await this.#options.archive.take(id, now)
    return row
  }

  async removeExpiredBefore(instant: StoredAttempt['expiresAt']): Promise<number> {
    let removed = 0
    for (const [id, { expiresAt }] of this.#rows) {
      if (expiresAt < instant && this.#rows.delete(id)) removed += 1
    }
    await this.#options.archive.removeExpiredBefore(instant)
    return removed
  }

  /** Writes down what is not written yet. */
  async close(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#writing = this.#writing.then(() => this.#write())
    await this.#writing
  }

  async #recall(id: string): Promise<void> {
    const { archive, clock } = this.#options
    if (this.#rows.has(id) || clock.monotonicMs() > this.#recallUntilMs) return
    const found = await archive.find(id, clock.now())
    // Another call may have been faster, and have gone on meanwhile.
    if (found !== undefined && !this.#rows.has(id)) this.#rows.set(id, found)
  }

  #keep(attempt: StoredAttempt): void {
    this.#rows.set(attempt.id, attempt)
    this.#unwritten.set(attempt.id, attempt)
    this.#timer ??= setTimeout(() => void this.close(), WRITE_BEHIND_MS).unref()
  }

  async #write(): Promise<void> {
    while (this.#unwritten.size > 0) {
      const rows = [...this.#unwritten.values()].slice(0, WRITTEN_AT_ONCE)
      for (const { id } of rows) this.#unwritten.delete(id)
      try {
        await this.#options.archive.save(rows)
      } catch (error) {
        for (const row of rows) if (!this.#unwritten.has(row.id)) this.#unwritten.set(row.id, row)
        this.#options.onError(error)
        return
      }
    }
  }
}
