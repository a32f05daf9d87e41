/** Lets one writer of this process at a time to the connection, in the order of arrival. */
export class WriteLock {
  #last: Promise<unknown> = Promise.resolve()

  run<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work)
    this.#last = turn.catch(() => undefined) // the next turn comes either way; the failure is the caller's
    return turn
  }
}
