/** What can go wrong in the store. Codes are never reused. */
export type StoreErrorCode =
  /** The row was changed since it was read: read again. */
  | 'STALE_VERSION'
  /** A name, serial or id is already taken. */
  | 'ALREADY_EXISTS'
  /** Something else still points at the row, or the row points at something that is not there. */
  | 'REFERENCE_BROKEN'
  | 'NOT_FOUND'
  /** A value cannot be stored (out of range, malformed cursor). */
  | 'INVALID_VALUE'
  /** No room on the disk; nothing of the transaction was written. */
  | 'STORE_FULL'
  /** The database does not answer; nothing of the transaction was written, or `COMMIT_IN_DOUBT` is thrown instead. */
  | 'STORE_UNAVAILABLE'
  /** The connection was lost while committing and it could not be found out whether the commit took place. */
  | 'COMMIT_IN_DOUBT'
  /** The database was written by a newer version of the program. */
  | 'STORE_NEWER'
  /** The database would lose acknowledged writes in a crash (fsync, full_page_writes or synchronous_commit is off). */
  | 'STORE_UNSAFE'
  | 'STORE_CLOSED'
  /** The file or database is not one of ours, or damaged. */
  | 'STORE_CORRUPT'

/** A failure of the store. `facts` name the entity, the field and the id; never a secret. */
export class StoreError extends Error {
  readonly code: StoreErrorCode
  readonly facts: Readonly<Record<string, string | number>>

  constructor(
    code: StoreErrorCode,
    message: string,
    more: { readonly facts?: Readonly<Record<string, string | number>>; readonly cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause })
    this.name = 'StoreError'
    this.code = code
    this.facts = more.facts ?? {}
  }
}
