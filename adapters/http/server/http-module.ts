import type { FastifyInstance } from 'fastify'

/** A group of routes with a context of its own: hooks, parsers and error handlers it sets hold for its routes alone. */
export interface HttpModule {
  readonly name: string
  register(app: FastifyInstance): void | Promise<void>
}
