import { StoreError, type StoreErrorCode } from '@driftlock/application'

interface PostgresqlFailure {
  readonly code: string
  readonly constraint?: string
  readonly table?: string
}

function isServerError(error: unknown): error is Error & PostgresqlFailure {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code)
}

/** https://www.postgresql.org/docs/15/errcodes-appendix.html */
const BY_STATE: Readonly<Record<string, readonly [StoreErrorCode, string]>> = {
  '23505': ['ALREADY_EXISTS', 'This name or id is already taken'],
  '23503': ['REFERENCE_BROKEN', 'Something still refers to this, or it refers to something that is not there'],
  '22021': ['INVALID_VALUE', 'A text holds a character that the database cannot keep'],
  '22003': ['INVALID_VALUE', 'A number is out of range'],
  '53100': ['STORE_FULL', 'No room on the disk of the database. Make room; nothing was lost'],
  '57014': ['STORE_UNAVAILABLE', 'The database took too long to answer'],
  '25006': ['STORE_UNAVAILABLE', 'The database server is read-only (a standby?). Point the address at the primary'],
  '3D000': ['STORE_UNAVAILABLE', 'The database does not exist. Create it first'],
  '28P01': ['STORE_UNAVAILABLE', 'The database refused the user or password'],
  '28000': ['STORE_UNAVAILABLE', 'The database refused the user'],
}

/** Serialisation failure and deadlock: nothing was written, and the same again may go well. */
export function isWorthRepeating(error: unknown): boolean {
  return isServerError(error) && (error.code === '40001' || error.code === '40P01')
}

/** The connection broke, or the server is going down: whether the last statement took effect is unknown. */
export function isConnectionLoss(error: unknown): boolean {
  if (error instanceof StoreError) return false
  if (isServerError(error)) return error.code.startsWith('08') || /^57P0[123]$/.test(error.code)
  return error instanceof Error && CONNECTION_LOSS.test(error.message)
}

const CONNECTION_LOSS =
  /connection terminated|connection ended|not queryable|client was closed|ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|timeout/i

/** @returns the store's error for a failure of PostgreSQL or of the way to it; anything else unchanged. */
export function translatePostgresqlError(error: unknown): unknown {
  if (error instanceof StoreError) return error
  if (isServerError(error)) {
    const known = BY_STATE[error.code]
    if (known !== undefined) {
      const [code, text] = known
      const on = error.constraint
      return new StoreError(code, on === undefined ? `${text}.` : `${text} (${on}).`, {
        cause: error,
        facts: { ...(on !== undefined && { on }), sqlstate: error.code },
      })
    }
    if (isWorthRepeating(error)) {
      return new StoreError(
        'STORE_UNAVAILABLE',
        'The database kept refusing because of other transactions. Try again.',
        {
          cause: error,
        },
      )
    }
  }
  if (isConnectionLoss(error)) {
    return new StoreError('STORE_UNAVAILABLE', 'The database cannot be reached. Check its address and that it runs.', {
      cause: error,
    })
  }
  return error
}
