import { createHash } from 'node:crypto'
import type { Random } from '@driftlock/application'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ApiError } from '../api/api-error.ts'

export type ConsoleName = 'security' | 'self-service'

const VALUE = /^[\w-]{43}$/
const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/

/**
 * The cookie's name. Over TLS it has the `__Host-` prefix: browsers then take it only with Secure, Path=/ and without a
 * Domain. Over plain HTTP browsers refuse that prefix, so the demo on this very machine uses the bare name; log-on over
 * plain HTTP from elsewhere is refused (`requirePrivateTransport`).
 */
export function cookieName({ protocol }: Pick<FastifyRequest, 'protocol'>, console: ConsoleName): string {
  return `${protocol === 'https' ? '__Host-' : ''}driftlock-${console}`
}

/** @throws ApiError `TLS_REQUIRED` for plain HTTP that comes from another machine. */
export function requirePrivateTransport({ protocol, ip }: FastifyRequest): void {
  if (protocol !== 'https' && !LOOPBACK.test(ip)) throw new ApiError('TLS_REQUIRED')
}

/** A fresh value, 256 bits. */
export function newCookieValue(random: Random): string {
  return Buffer.from(random.bytes(32)).toString('base64url')
}

/** What is kept of a cookie's value: SHA-256. The value has 256 random bits, so nothing slower is needed. */
export function sessionIdOf(cookieValue: string): string {
  return createHash('sha256').update(cookieValue).digest('hex')
}

/** @returns undefined for whatever cannot be a value of ours. */
export function cookieValueOf(request: FastifyRequest, console: ConsoleName): string | undefined {
  const value = request.cookies[cookieName(request, console)]
  return value !== undefined && VALUE.test(value) ? value : undefined
}

export function setSessionCookie(reply: FastifyReply, console: ConsoleName, value: string): void {
  const { request } = reply
  reply.setCookie(cookieName(request, console), value, cookieAttributes(request))
}

export function clearSessionCookie(reply: FastifyReply, console: ConsoleName): void {
  const { request } = reply
  reply.clearCookie(cookieName(request, console), cookieAttributes(request))
}

/** No lifetime: it goes with the browser's session; the server's time-outs end it before. */
function cookieAttributes({ protocol }: FastifyRequest) {
  return { path: '/', httpOnly: true, sameSite: 'strict', secure: protocol === 'https' } as const
}
