import { closeSync, fdatasync, fdatasyncSync, openSync } from 'node:fs'
import { StoreError } from '@driftlock/application'

/** A sync that takes no longer costs this thread less than a change of threads costs its callers where processors are few. */
const QUICK_MS = 1
/** So many slow ones in a row are no hiccup: the disk is slow. */
const SLOW_IN_A_ROW = 3
/** Syncs on the other thread until the disk is tried from this one again. */
const BESIDE_FOR = 100

/**
 * Puts what was committed to the write-ahead log of a database on disk: `fdatasync`, on this thread while the disk is quick, and
 * on a thread of the runtime, beside the event loop, while it is slow; SQLite would always call `fsync` on this one. The log
 * carries no file locks, so another descriptor of it is safe (https://sqlite.org/howtocorrupt.html §2.2 is about the database
 * file).
 */
export class LogSync {
  readonly #file: number
  #failure: unknown
  #slowInARow = 0
  #besideFor = 0
  #underWay = 0
  #last: Promise<unknown> = Promise.resolve()

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
   * Settles when all that was written to the log before the call is on disk. One sync at a time: the system tells of a failed
   * write once, to whichever sync asks first, and that one must not be a later commit's.
   * @throws StoreError `COMMIT_IN_DOUBT`: it is committed, but may not outlive a power cut; nothing more is taken then.
   */
  async sync(): Promise<void> {
    if (this.#besideFor === 0 && this.#underWay === 0) {
      this.#syncAtOnce()
      return
    }
    this.#besideFor = Math.max(0, this.#besideFor - 1)
    this.#underWay += 1
    const turn = this.#last.then(() => this.#syncBeside())
    this.#last = turn.catch(() => undefined) // told to its caller; the next finds it in #failure
    try {
      await turn
    } finally {
      this.#underWay -= 1
    }
  }

  #syncAtOnce(): void {
    if (this.#failure !== undefined) this.#fail(this.#failure)
    const start = performance.now()
    try {
      fdatasyncSync(this.#file)
    } catch (failure) {
      this.#fail(failure)
    }
    this.#slowInARow = performance.now() - start > QUICK_MS ? Math.min(this.#slowInARow + 1, SLOW_IN_A_ROW) : 0
    if (this.#slowInARow === SLOW_IN_A_ROW) this.#besideFor = BESIDE_FOR
  }

  async #syncBeside(): Promise<void> {
    if (this.#failure !== undefined) this.#fail(this.#failure)
    const failure = await new Promise<Error | null>((resolve) => fdatasync(this.#file, resolve))
    if (failure !== null) this.#fail(failure)
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
