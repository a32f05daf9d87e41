import { StoreError, type StoreErrorCode } from '@driftlock/application'

interface SqliteFailure {
  readonly errcode: number
  readonly message: string
}

function isSqliteFailure(error: unknown): error is Error & SqliteFailure {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
}

/** https://sqlite.org/rescode.html: the low byte is the primary code. */
const PRIMARY: Readonly<Record<number, readonly [StoreErrorCode, string]>> = {
  5: ['STORE_UNAVAILABLE', 'Another process holds the write lock of the database.'],
  6: ['STORE_UNAVAILABLE', 'The database is locked.'],
  8: ['STORE_UNAVAILABLE', 'The database cannot be written: check the permissions of its file and folder.'],
  10: ['STORE_UNAVAILABLE', 'Reading or writing the database failed: check the disk.'],
  11: ['STORE_CORRUPT', 'The database file is damaged. Restore the latest backup.'],
  13: ['STORE_FULL', 'No room on the disk of the database. Make room; nothing was lost.'],
  14: ['STORE_UNAVAILABLE', 'The database file cannot be opened: check that the folder exists and its permissions.'],
  26: ['STORE_CORRUPT', 'The file is not a SQLite database.'],
}
const EXTENDED: Readonly<Record<number, readonly [StoreErrorCode, string]>> = {
  787: ['REFERENCE_BROKEN', 'Something still refers to this, or it refers to something that is not there'],
  1555: ['ALREADY_EXISTS', 'This id is already taken'],
  2067: ['ALREADY_EXISTS', 'This name is already taken'],
  // SQLITE_IOERR_SHMSIZE: the index of the write-ahead log could not grow.
  4874: ['STORE_FULL', 'No room on the disk of the database. Make room; nothing was lost.'],
}

export function isBusy(error: unknown): boolean {
  return isSqliteFailure(error) && (error.errcode & 0xff) === 5
}

/** @returns the store's error for a failure of SQLite; anything else unchanged. */
export function translateSqliteError(error: unknown): unknown {
  if (!isSqliteFailure(error)) return error
  const known = EXTENDED[error.errcode] ?? PRIMARY[error.errcode & 0xff]
  if (known === undefined) return error
  const [code, text] = known
  const on = /constraint failed: (.+)$/.exec(error.message)?.[1]
  return new StoreError(code, on === undefined ? text : `${text} (${on}).`, {
    cause: error,
    facts: { ...(on !== undefined && { on }), sqlite: error.errcode },
  })
}
