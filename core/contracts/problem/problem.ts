import { z } from 'zod'

/** What every refusal looks like (RFC 9457, application/problem+json). `code` is stable: programs and translations go by it. */
export const problem = z
  .object({
    type: z.string().describe('urn:driftlock:error:CODE'),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('What happened, to what, and what to do; never a secret'),
    code: z.string(),
    requestId: z.string().describe('Find it in the log of the instance'),
    facts: z.record(z.string(), z.unknown()).optional().describe('Typed facts of the code'),
    fields: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .describe('For INVALID_REQUEST: which field and why'),
  })
  .meta({ id: 'Problem' })

/** Codes that the HTTP edge adds to those of the use cases. Never reused. */
export const EDGE_ERRORS = {
  INVALID_REQUEST: 'A field of the request is missing or wrong.',
  NOT_LOGGED_ON: 'Log on first, or log on again: the session has ended.',
  LOG_ON_FAILED: 'Access denied. Check what you typed, wait for the code to change, then try again.',
  LOG_ON_CONTINUES_TOO_LATE: 'The question was answered too late. Start the log-on again.',
  CROSS_SITE_REQUEST: 'This request came from another web site and was refused.',
  TLS_REQUIRED: 'Log-on needs TLS here: use https, or an address of this machine.',
  PRECONDITION_REQUIRED: 'Read the object first and send its ETag as If-Match.',
  PRECONDITION_FAILED: 'Somebody changed the object since you read it. Read it again and repeat the change.',
  IDEMPOTENCY_KEY_REUSED: 'This Idempotency-Key was used for another request. Make a new one.',
  IDEMPOTENCY_IN_PROGRESS: 'The first request with this Idempotency-Key has not been answered yet. Try again shortly.',
  TOO_MANY_REQUESTS: 'Too many requests. Wait as long as Retry-After says.',
  UPLOAD_TOO_LARGE: 'The body is larger than allowed.',
  UNSUPPORTED_MEDIA_TYPE: 'This media type is not understood here.',
  NO_SUCH_ROUTE: 'There is nothing at this address.',
  METHOD_NOT_ALLOWED: 'This address takes no such method. Allow names those it takes.',
  CLOUD_FAILED: 'The cloud access service did not do what it was asked to.',
  STORE_UNAVAILABLE: 'The database does not answer. Nothing was changed. Try again shortly.',
  INTERNAL_ERROR: 'Something went wrong inside the server. Give the request id to whoever runs it.',
} as const satisfies Record<string, string>

export type EdgeErrorCode = keyof typeof EDGE_ERRORS
export type Problem = z.infer<typeof problem>
