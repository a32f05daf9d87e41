import type { FastifyReply, FastifyRequest } from 'fastify'
import { sendProblem } from './problem.ts'

/** 404 where there is nothing, 405 with Allow (RFC 9110 §15.5.6) where there is, but not for this method. */
export function missingStatus(request: FastifyRequest, reply: FastifyReply): 404 | 405 {
  const methods = request.server.methodsAt(request.url)
  if (methods.length === 0 || methods.includes(request.method)) return 404
  void reply.header('allow', methods.join(', '))
  return 405
}

/** Nobody is at home at this address. */
export function answerMissing(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendProblem(request, reply, missingStatus(request, reply))
}
