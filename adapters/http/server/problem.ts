import type { FastifyReply, FastifyRequest } from 'fastify'
import { REFUSAL_PAGE_POLICY, refusalPage } from '../pages/refusal-page.ts'

/** RFC 9457 problem details, neutral: what exactly went wrong stands in the log under the request id. */
export interface Problem {
  readonly type: 'about:blank'
  readonly title: string
  readonly status: number
  readonly code: string
  readonly requestId: string
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'The request is not valid.',
  401: 'Authentication is needed.',
  403: 'This is not allowed.',
  404: 'There is nothing here.',
  405: 'This is not possible here.',
  413: 'The request is too large.',
  415: 'The kind of content is not taken here.',
  429: 'Too many requests. Try again later.',
  503: 'The service is not available at the moment. Try again later.',
}

const CODES: Readonly<Record<number, string>> = {
  400: 'INVALID_REQUEST',
  401: 'NOT_AUTHENTICATED',
  403: 'NOT_AUTHORISED',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  413: 'TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'TOO_MANY_REQUESTS',
  503: 'UNAVAILABLE',
}

/** Refuses: a page to people in a browser, problem details to programs. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, status: number): FastifyReply {
  if (isBrowser(request)) return sendPage(request, reply, status)
  const problem: Problem = {
    type: 'about:blank',
    title: TITLES[status] ?? 'Something went wrong.',
    status,
    code: CODES[status] ?? 'INTERNAL',
    requestId: request.id,
  }
  return reply.code(status).type('application/problem+json').send(problem)
}

/** Browsers name HTML when they go to a page, and nothing of the kind when a page's script asks. */
function isBrowser({ headers }: FastifyRequest): boolean {
  return /\btext\/html\b/i.test(headers.accept ?? '')
}

function sendPage({ id, headers }: FastifyRequest, reply: FastifyReply, status: number): FastifyReply {
  return reply
    .code(status)
    .headers({ 'content-security-policy': REFUSAL_PAGE_POLICY, vary: 'accept, accept-language, cookie' })
    .type('text/html; charset=utf-8')
    .send(refusalPage({ status, requestId: id, headers }))
}

/** Errors that no module answers itself: neutral outside, exact in the log. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const status = statusOf(error)
  if (status >= 500) request.log.error({ err: error }, 'request failed')
  else request.log.debug({ err: error }, 'request refused')
  return sendProblem(request, reply, status)
}

function statusOf(error: unknown): number {
  if (!(error instanceof Error)) return 500
  if ('code' in error && typeof error.code === 'string' && error.code.startsWith('STORE_')) return 503
  const status = 'statusCode' in error ? Number(error.statusCode) : 500
  return Number.isInteger(status) && status >= 400 && status < 600 ? status : 500
}
