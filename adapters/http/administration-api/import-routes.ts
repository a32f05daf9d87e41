import { importEndpoints as e } from '@driftlock/contracts'
import type { Readable } from 'node:stream'
import { ApiError } from '../api/api-error.ts'
import { route, type RoutesOf } from '../api/route.ts'
import { defined } from '../views/defined.ts'
import { type JobServices, jobView } from './job-routes.ts'

const BASE64 = /^[A-Za-z0-9+/]{0,1024}={0,2}$/

/** Uploads of token files. The password of the file comes in a header: an address is logged, a header is not. */
export function importRoutes(services: JobServices): RoutesOf<typeof e> {
  return {
    importTokens: route(e.importTokens, async ({ query, context, request }) => {
      const { fileName, jobId, ...how } = query
      const source = request.body as Readable | undefined // the parser of uploads passes the stream on
      if (source === undefined || typeof source !== 'object')
        throw new ApiError('INVALID_REQUEST', { detail: 'Send the file itself as application/octet-stream.' })
      const password = passwordOf(request.headers['x-import-password'])
      const ask = { ...how, source, origin: fileName, ...defined({ password }) }
      return jobView(await services.imports.run(context, ask, jobId), services.clock.now())
    }),
  }
}

function passwordOf(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined
  if (typeof header !== 'string' || !BASE64.test(header))
    throw new ApiError('INVALID_REQUEST', { detail: 'X-Import-Password: write the password as base64 of its UTF-8.' })
  return Buffer.from(header, 'base64').toString('utf8')
}
