import type { FastifyRequest } from 'fastify'
import { ApiError } from '../api/api-error.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses what another site's page makes a browser send. Browsers say `Sec-Fetch-Site` with every request; older ones say
 * `Origin` with every write. Whoever sends neither is no browser and carries no cookie of a victim.
 */
export function refuseCrossSite({ method, headers, host, protocol }: FastifyRequest): void {
  if (SAFE.has(method)) return
  const site = headers['sec-fetch-site']
  if (site !== undefined) {
    if (site !== 'same-origin' && site !== 'none') throw new ApiError('CROSS_SITE_REQUEST')
    return
  }
  const { origin } = headers
  if (origin !== undefined && origin !== `${protocol}://${host}`) throw new ApiError('CROSS_SITE_REQUEST')
}
