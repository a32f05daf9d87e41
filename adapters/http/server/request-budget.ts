import { type Clock, loginName } from '@driftlock/application'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AddressBudget } from './address-budget.ts'
import { sendProblem } from './problem.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Not counted against its address: a limit of its own holds, or a proxy asks for all its users. */
    rateLimit?: false
    /** Takes a password or passcode from a person: the stricter limits hold as well. */
    isLogOn?: true
  }
}

export interface RequestLimits {
  /** Requests of one address (IPv6: one /64), of whatever kind. */
  readonly requestsPerMinute: number
  /** Log-ons at the consoles from one address; absent = only the limit above. */
  readonly logOnsPerMinute?: number
  /** Log-ons at the consoles with one user name, from wherever. */
  readonly logOnsPerUserAndMinute?: number
}

const RETRY_AFTER_SECONDS = 60

/**
 * Answers 429 to whoever asks too often. Log-ons cost a slow hash each, so they have limits of their own: by address,
 * and by the name that is tried, however many addresses try it.
 */
export function limitRequests(app: FastifyInstance, limits: RequestLimits, clock: Pick<Clock, 'monotonicMs'>): void {
  const budget = (perMinute = Number.POSITIVE_INFINITY) => new AddressBudget({ perMinute, clock })
  const requests = budget(limits.requestsPerMinute)
  const logOns = budget(limits.logOnsPerMinute)
  const logOnsOfUser = budget(limits.logOnsPerUserAndMinute)
  app.addHook('onRequest', (request, reply, done) => {
    const { rateLimit, isLogOn } = request.routeOptions.config
    const { ip } = request
    if (rateLimit !== false && !requests.trySpend(ip))
      void refuse(request, reply, { name: 'http.requestsPerMinute', isNews: requests.isNews(ip) })
    else if (isLogOn === true && !logOns.trySpend(ip))
      void refuse(request, reply, { name: 'http.logOnsPerMinute', isNews: logOns.isNews(ip) })
    else done()
  })
  app.addHook('preHandler', (request, reply, done) => {
    const username = request.routeOptions.config.isLogOn === true ? usernameIn(request.body) : undefined
    if (username === undefined || logOnsOfUser.trySpend(username)) done()
    else void refuse(request, reply, { name: 'http.logOnsPerUserAndMinute', isNews: logOnsOfUser.isNews(username) })
  })
}

function usernameIn(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('username' in body)) return undefined
  return typeof body.username === 'string' ? loginName(body.username) : undefined
}

interface PassedLimit {
  /** The setting that it is. */
  readonly name: string
  readonly isNews: boolean
}

/** One line in the log for a minute of refusals: who floods the server must not flood the log. */
function refuse(request: FastifyRequest, reply: FastifyReply, { name, isNews }: PassedLimit): FastifyReply {
  const about = { address: request.ip, limit: name, route: request.routeOptions.url }
  if (isNews) request.log.warn(about, 'too many requests: put off for the rest of the minute')
  return sendProblem(request, reply.header('retry-after', RETRY_AFTER_SECONDS), 429)
}
