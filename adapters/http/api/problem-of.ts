import { ApplicationError, CloudError, StoreError } from '@driftlock/application'
import { EDGE_ERRORS, type Problem } from '@driftlock/contracts'
import { ApiError } from './api-error.ts'
import { ERROR_STATUS, type ErrorCode, STORE_ERRORS } from './error-status.ts'

interface Told {
  readonly code: ErrorCode
  readonly detail: string
  readonly facts?: Readonly<Record<string, unknown>>
  readonly fields?: readonly { readonly path: string; readonly message: string }[]
}

/**
 * What an error is to the caller: a stable code, its status, words. Of what is not meant for callers nothing is told but
 * the request id.
 * @param hadPrecondition The request carried If-Match: a change meanwhile is then 412, not 409 (RFC 9110 §13.1.1).
 */
export function problemOf(error: unknown, { requestId, hadPrecondition }: ProblemPlace): Problem {
  const told = toldOf(error)
  const code = told.code === 'CHANGED_MEANWHILE' && hadPrecondition ? 'PRECONDITION_FAILED' : told.code
  return {
    type: `urn:driftlock:error:${code}`,
    title: titleOf(code),
    status: ERROR_STATUS[code],
    detail: told.detail,
    code,
    requestId,
    ...(told.facts !== undefined && { facts: { ...told.facts } }),
    ...(told.fields !== undefined && { fields: [...told.fields] }),
  }
}

export interface ProblemPlace {
  readonly requestId: string
  readonly hadPrecondition: boolean
}

function toldOf(error: unknown): Told {
  if (error instanceof ApiError) return { code: error.code, detail: error.message }
  if (isRefusal(error)) return { code: error.code, detail: error.message, facts: { ...error.facts } }
  if (error instanceof CloudError)
    return { code: 'CLOUD_FAILED', detail: error.message, facts: { cause: error.code, ...error.facts } }
  if (error instanceof StoreError) {
    const code = STORE_ERRORS[error.code]
    if (code !== undefined) return { code, detail: code === 'STORE_UNAVAILABLE' ? EDGE_ERRORS[code] : error.message }
  }
  return toldOfServer(error)
}

function isRefusal(error: unknown): error is ApplicationError {
  return error instanceof ApplicationError
}

interface ServerError {
  readonly validation?: unknown
  readonly validationContext?: string
  readonly code?: string
  readonly statusCode?: number
}

/** Refusals of the HTTP server itself: validation, body limits, media types, rate limits. */
function toldOfServer(error: unknown): Told {
  const { validation, validationContext, code: thrown, statusCode = 500 } = error as ServerError // any thrown value
  if (Array.isArray(validation)) {
    const fields = validation.map(fieldOf)
    if (validationContext === 'body' && fields.some(isWholeBodyMissing))
      return { code: 'INVALID_REQUEST', detail: 'The body is empty. Send the fields as JSON.' }
    return { code: 'INVALID_REQUEST', detail: EDGE_ERRORS.INVALID_REQUEST, fields }
  }
  if (thrown === 'FST_ERR_CTP_INVALID_JSON_BODY')
    return { code: 'INVALID_REQUEST', detail: 'The body is not valid JSON.' }
  const code =
    SERVER_STATUS[statusCode] ?? (statusCode >= 400 && statusCode < 500 ? 'INVALID_REQUEST' : 'INTERNAL_ERROR')
  return { code, detail: EDGE_ERRORS[code] }
}

const SERVER_STATUS: Readonly<Record<number, keyof typeof EDGE_ERRORS>> = {
  404: 'NO_SUCH_ROUTE',
  413: 'UPLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'TOO_MANY_REQUESTS',
  503: 'STORE_UNAVAILABLE',
}

/** Fastify hands on `null` where nothing was sent. */
function isWholeBodyMissing({ path, message }: { readonly path: string; readonly message: string }): boolean {
  return path === '/' && message.endsWith('received null')
}

const LONGEST_MESSAGE = 200

function fieldOf(fault: unknown): { path: string; message: string } {
  const { instancePath = '', message = '' } = fault as { instancePath?: string; message?: string } // Fastify's shape
  const said = message.endsWith('received undefined') ? 'is missing' : message
  return { path: instancePath.slice(0, LONGEST_MESSAGE), message: said.slice(0, LONGEST_MESSAGE) }
}

function titleOf(code: ErrorCode): string {
  const words = code.toLowerCase().replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
