import { actorOf, type CloudAdministrator, cloudAdministratorOf, type CloudContext } from '@driftlock/application'
import { ApiError, refuseCrossSite } from '@driftlock/http'
import type { FastifyRequest } from 'fastify'
import { cookieOf } from '../serve/cookies.ts'
import type { Cloud } from '../instance/open-cloud.ts'

/** `__Host-`: this host alone, over TLS alone. On plain HTTP (loopback) browsers would not keep such a cookie. */
export function sessionCookieName({ protocol }: FastifyRequest): string {
  return protocol === 'https' ? '__Host-driftlock-cloud' : 'driftlock-cloud'
}

/** A session's secret: from the console's cookie, or from a program's Authorization header. */
export function sessionSecret(request: FastifyRequest): string | undefined {
  const bearer = /^Bearer ([A-Za-z0-9_-]{43})$/.exec(request.headers.authorization ?? '')?.[1]
  if (bearer !== undefined) return bearer
  return cookieOf(request, sessionCookieName(request))
}

export interface Admitted {
  readonly administrator: CloudAdministrator
  readonly context: CloudContext
  readonly secret: string
}

/** @returns undefined when nobody is logged on. @throws ApiError `CROSS_SITE_REQUEST` for what another site made a browser send. */
export async function admittedAdministrator(cloud: Cloud, request: FastifyRequest): Promise<Admitted | undefined> {
  refuseCrossSite(request)
  const secret = sessionSecret(request)
  const found = secret === undefined ? undefined : await cloudAdministratorOf(cloud, secret)
  if (secret === undefined || found === undefined) return undefined
  const { administrator } = found
  const { companyId } = administrator
  const authority = companyId === null ? ({ type: 'service' } as const) : ({ type: 'company', companyId } as const)
  const place = { clientAddress: request.ip, requestId: request.id }
  return { administrator, context: { authority, actor: actorOf(administrator), ...place }, secret }
}

/** @throws ApiError `NOT_LOGGED_ON`. */
export async function admitAdministrator(cloud: Cloud, request: FastifyRequest): Promise<Admitted> {
  const admitted = await admittedAdministrator(cloud, request)
  if (admitted === undefined) throw new ApiError('NOT_LOGGED_ON')
  return admitted
}
