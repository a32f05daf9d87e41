import { EDGE_ERRORS, type EdgeErrorCode } from '@driftlock/contracts'

/** A refusal that the HTTP edge itself makes. */
export class ApiError extends Error {
  readonly code: EdgeErrorCode
  /** Sent as Retry-After. */
  readonly retryAfterSeconds: number | undefined

  constructor(code: EdgeErrorCode, options: { readonly detail?: string; readonly retryAfterSeconds?: number } = {}) {
    super(options.detail ?? EDGE_ERRORS[code])
    this.name = 'ApiError'
    this.code = code
    this.retryAfterSeconds = options.retryAfterSeconds
  }
}
