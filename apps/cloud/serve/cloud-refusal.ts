import { ApiError, problemOf } from '@driftlock/http'
import { CLOUD_ERRORS, type CloudErrorCode, type Problem } from '@driftlock/contracts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** A refusal of the cloud's own: code and status stand in the contract. */
export class CloudRefusal extends Error {
  readonly code: CloudErrorCode

  constructor(code: CloudErrorCode) {
    super(CLOUD_ERRORS[code].text)
    this.name = 'CloudRefusal'
    this.code = code
  }
}

/** Every refusal of these routes as application/problem+json; what is our fault goes to the log with its cause. */
export function answerCloudProblems(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => sendCloudProblem(error, request, reply))
}

function sendCloudProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const told = cloudProblemOf(error, request.id)
  if (told.status >= 500) request.log.error({ err: error, code: told.code }, 'request failed')
  else request.log.info({ code: told.code }, 'request refused')
  if (told.status === 429 || told.status === 503) void reply.header('retry-after', retryAfterOf(error))
  return reply
    .code(told.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify(told))
}

function retryAfterOf(error: unknown): number {
  return error instanceof ApiError ? (error.retryAfterSeconds ?? 2) : 2
}

export function cloudProblemOf(error: unknown, requestId: string): Problem {
  if (!(error instanceof CloudRefusal)) return problemOf(error, { requestId, hadPrecondition: false })
  const { code } = error
  const { status, text } = CLOUD_ERRORS[code]
  const title = code.charAt(0) + code.slice(1).toLowerCase().replaceAll('_', ' ')
  return { type: `urn:driftlock:error:${code}`, title, status, detail: text, code, requestId }
}
