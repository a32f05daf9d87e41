import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { missingStatus } from '../server/answer-missing.ts'
import { ApiError } from './api-error.ts'
import { problemOf } from './problem-of.ts'

/** Every refusal of this part of the server as application/problem+json; what is our fault goes to the log with its cause. */
export function answerProblems(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply))
}

/** What lies below `prefix` and is no route, or takes no such method, is refused by the API's own codes. */
export function refuseUnknown(app: FastifyInstance, prefix: string): void {
  void app.register(
    async (scope) => {
      scope.setNotFoundHandler(async (request, reply) => {
        throw new ApiError(missingStatus(request, reply) === 405 ? 'METHOD_NOT_ALLOWED' : 'NO_SUCH_ROUTE')
      })
    },
    { prefix },
  )
}

function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const told = problemOf(error, { requestId: request.id, hadPrecondition: request.headers['if-match'] !== undefined })
  if (told.status >= 500) request.log.error({ err: error, code: told.code }, 'request failed')
  else request.log.info({ code: told.code }, 'request refused')
  const { retryAfterSeconds } = error as { retryAfterSeconds?: unknown } // any thrown value
  if (typeof retryAfterSeconds === 'number') reply.header('retry-after', retryAfterSeconds)
  else if (told.status === 503) reply.header('retry-after', 2)
  if (told.status === 401) reply.header('www-authenticate', 'Bearer realm="driftlock"')
  return reply
    .code(told.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .serializer(JSON.stringify)
    .send(told)
}
