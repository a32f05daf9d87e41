import type { AdministrationContext } from '@driftlock/application'
import type { Endpoint } from '@driftlock/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Caller } from '../sessions/caller.ts'

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined

/** What a handler is given: everything parsed, the caller known and let through the first gate. */
export interface Call<E extends Endpoint = Endpoint> {
  readonly params: Parsed<E['params']>
  readonly query: Parsed<E['query']>
  readonly body: Parsed<E['body']>
  readonly caller: Caller
  /** For use cases; public endpoints have none to speak for. */
  readonly context: AdministrationContext
  /** Version of the If-Match header; present where the endpoint demands one. */
  readonly version: number | undefined
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** Answered by the handler itself (a stream, or a cookie with a body of its own). */
export const ANSWERED = Symbol('answered')

export type Answer<E extends Endpoint> = z.input<E['response']> | typeof ANSWERED

export interface Route {
  readonly endpoint: Endpoint
  readonly handle: (call: Call) => Promise<unknown>
}

/** Ties an endpoint to what does it; the types of both must agree. */
export function route<E extends Endpoint>(endpoint: E, handle: (call: Call<E>) => Promise<Answer<E>>): Route {
  return { endpoint, handle: (call) => handle(call) }
}

/** One route for every endpoint of a table, none forgotten. */
export type RoutesOf<T extends Readonly<Record<string, Endpoint>>> = Readonly<Record<keyof T, Route>>
