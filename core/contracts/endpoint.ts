import type { z } from 'zod'
import type { Permission } from './permissions.ts'

/** Who may call an endpoint. Scopes are checked against the object by the use case; this is the first gate. */
export type Access =
  /** Any one of these permissions, held somewhere. */
  | { readonly type: 'permission'; readonly anyOf: readonly Permission[] }
  /** Every administrator who is logged on, whatever the roles. */
  | { readonly type: 'administrator' }
  /** A user logged on to the Self-Service Console; touches nothing but their own. */
  | { readonly type: 'owner' }
  /** Anybody: log-on and what a log-on page needs. */
  | { readonly type: 'public' }

/**
 * One endpoint as data: the server registers it, tests walk it, consoles call it.
 * `precondition`: an If-Match header with the ETag that was read is demanded (428 without, 412 when stale).
 */
export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** With `{name}` for parameters. */
  readonly path: string
  readonly summary: string
  readonly tag: string
  readonly access: Access
  readonly status: 200 | 201 | 202 | 204
  readonly precondition: boolean
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  /** What a stream or file is, where the answer (or the upload) is not JSON. */
  readonly stream?: 'events' | 'download' | 'upload'
  readonly response: z.ZodType
}

type Draft = Omit<Endpoint, 'tag' | 'status' | 'precondition'> & {
  readonly tag?: string
  readonly status?: Endpoint['status']
  readonly precondition?: boolean
}

/** Fills in what is usual: 200, no precondition, the first folder of the path as the tag. */
export function endpoint<const D extends Draft>(draft: D): D & Omit<Endpoint, keyof D> {
  const tag = draft.path.split('/')[3] ?? 'api'
  return { tag, status: 200, precondition: false, ...draft }
}

/** Any one of these permissions. */
export function needs<const P extends readonly Permission[]>(
  ...anyOf: P
): { readonly type: 'permission'; readonly anyOf: P } {
  return { type: 'permission', anyOf }
}

export const ANY_ADMINISTRATOR: Access = { type: 'administrator' }
export const OWNER: Access = { type: 'owner' }
export const PUBLIC: Access = { type: 'public' }

/** What a caller passes for an endpoint. */
export type ParamsOf<E extends Endpoint> = E['params'] extends z.ZodType ? z.input<E['params']> : undefined
export type QueryOf<E extends Endpoint> = E['query'] extends z.ZodType ? z.input<E['query']> : undefined
export type BodyOf<E extends Endpoint> = E['body'] extends z.ZodType ? z.input<E['body']> : undefined
/** What a caller gets back. */
export type AnswerOf<E extends Endpoint> = z.output<E['response']>
