import { ApiError } from '@driftlock/http'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/** Bodies of these routes stay octets until they were hashed. */
export function keepBodiesRaw(app: FastifyInstance, bodyLimit: number): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit }, (_request, body, done) =>
    done(null, body),
  )
}

export function rawBody({ body }: FastifyRequest): Uint8Array {
  return body instanceof Uint8Array ? body : new Uint8Array()
}

/** @throws ApiError `INVALID_REQUEST` for whatever is no JSON. */
export function jsonBody(request: FastifyRequest): unknown {
  try {
    return JSON.parse(Buffer.from(rawBody(request)).toString('utf8'))
  } catch {
    throw new ApiError('INVALID_REQUEST', { detail: 'The body is not JSON.' })
  }
}
