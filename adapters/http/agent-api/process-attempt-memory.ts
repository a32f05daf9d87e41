import { type AttemptMemory, type StoredAttempt, StoreError } from '@driftlock/application'

/**
 * Attempts in the memory of the process: for the embedded database, which one instance has for itself. Lost with the
 * process: what was asked before a restart is then refused and the user begins anew.
 */
export class ProcessAttemptMemory implements AttemptMemory {
  readonly #rows = new Map<string, StoredAttempt>()

  async insert(attempt: StoredAttempt): Promise<void> {
    if (this.#rows.has(attempt.id)) {
      throw new StoreError('ALREADY_EXISTS', 'The attempt is there already.', { facts: { entity: 'attempt' } })
    }
    this.#rows.set(attempt.id, attempt)
  }

  async find(id: string, now: number): Promise<StoredAttempt | undefined> {
    const row = this.#rows.get(id)
    return row !== undefined && row.expiresAt > now ? row : undefined
  }

  async advance(attempt: StoredAttempt): Promise<boolean> {
    if (this.#rows.get(attempt.id)?.version !== attempt.version - 1) return false
    this.#rows.set(attempt.id, attempt)
    return true
  }

  async take(id: string, now: number): Promise<StoredAttempt | undefined> {
    const row = await this.find(id, now)
    this.#rows.delete(id)
    return row
  }

  async removeExpiredBefore(instant: number): Promise<number> {
    let removed = 0
    for (const [id, { expiresAt }] of this.#rows) {
      if (expiresAt < instant && this.#rows.delete(id)) removed += 1
    }
    return removed
  }
}
