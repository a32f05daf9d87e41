import { closeSync, fdatasync, fdatasyncSync, openSync } from 'node:fs'
import { StoreError } from '@driftlock/application'

/**
 * Puts what was committed to the write-ahead log of a database on disk, beside the event loop: `fdatasync` on a thread of the
 * runtime, where SQLite would call `fsync` on this one. The log carries no file locks, so another descriptor of it is safe
 * (https://sqlite.org/howtocorrupt.html §2.2 is about the database file).
 */
export class LogSync {
  readonly #file: number
  #failure: unknown

  /** The log must be there: SQLite makes it when it first reads or writes the database. */
  constructor(databasePath: string) {
    this.#file = openSync(`${databasePath}-wal`, 'r+')
  }

  /** @throws StoreError `STORE_UNAVAILABLE` once a sync has failed: the system may have dropped what it could not write. */
  requireSound(): void {
    if (this.#failure === undefined) return
    throw new StoreError(
      'STORE_UNAVAILABLE',
      'The disk of the database failed to keep a commit: check the disk, then start again.',
      { cause: this.#failure },
    )
  }

  /**
   * Settles when all that was written to the log before the call is on disk.
   * @throws StoreError `COMMIT_IN_DOUBT`: it is committed, but may not outlive a power cut; nothing more is taken then.
   */
  async sync(): Promise<void> {
    const failure = await new Promise<Error | null>((resolve) => fdatasync(this.#file, resolve))
    if (failure !== null) this.#fail(failure)
  }

  /** The same on this thread: quicker by the change of threads where nothing else is to be done meanwhile. */
  syncAtOnce(): void {
    try {
      fdatasyncSync(this.#file)
    } catch (failure) {
      this.#fail(failure)
    }
  }

  #fail(failure: unknown): never {
    this.#failure = failure
    throw new StoreError('COMMIT_IN_DOUBT', 'The disk of the database failed while keeping a commit.', {
      cause: failure,
    })
  }

  close(): void {
    closeSync(this.#file)
  }
}
