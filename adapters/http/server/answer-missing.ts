import type { FastifyReply, FastifyRequest } from 'fastify'
import { MISSING_PAGE_POLICY, missingPage } from '../pages/missing-page.ts'
import { sendProblem } from './problem.ts'

/** 404 where there is nothing, 405 with Allow (RFC 9110 §15.5.6) where there is, but not for this method. */
export function missingStatus(request: FastifyRequest, reply: FastifyReply): 404 | 405 {
  const methods = request.server.methodsAt(request.url)
  if (methods.length === 0 || methods.includes(request.method)) return 404
  void reply.header('allow', methods.join(', '))
  return 405
}

/** Nobody is at home at this address: a page for people, problem details for programs. */
export function answerMissing(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const status = missingStatus(request, reply)
  if (!isBrowser(request)) return sendProblem(request, reply, status)
  return reply
    .code(status)
    .headers({ 'content-security-policy': MISSING_PAGE_POLICY, vary: 'accept, accept-language, cookie' })
    .type('text/html; charset=utf-8')
    .send(missingPage(status, request.headers))
}

/** Browsers name HTML when they go to a page, and nothing of the kind when a page's script asks. */
function isBrowser({ headers }: FastifyRequest): boolean {
  return /\btext\/html\b/i.test(headers.accept ?? '')
}
