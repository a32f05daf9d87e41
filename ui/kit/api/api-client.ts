import {
  type AnswerOf,
  AUTOMATIC_REQUEST_HEADER,
  type BodyOf,
  type Endpoint,
  type ParamsOf,
  type QueryOf,
} from '@driftlock/contracts'
import { ApiProblem } from './api-problem.ts'
import { pathOf } from './endpoint-path.ts'
import { readProblem } from './read-problem.ts'

type Given<Name extends string, Value> = undefined extends Value
  ? { readonly [key in Name]?: Value }
  : { readonly [key in Name]: Value }

/** What one endpoint is called with: its parameters, query and body, each where the contract has one. */
export type CallInput<E extends Endpoint> = Given<'params', ParamsOf<E>> &
  Given<'body', BodyOf<E>> & {
    readonly query?: Partial<QueryOf<E>>
    /** Version that a change is meant for: the ETag that came with the object. */
    readonly etag?: string | undefined
    /** The same for every try of one intention: the server then does it once. Made up where absent. */
    readonly idempotencyKey?: string
    readonly signal?: AbortSignal
    /** Made by the page itself, not by somebody who uses it: does not keep the session alive. */
    readonly automatic?: boolean
  }

/** An answer and the tag of its version, to be sent back with a change so that nobody else's change is lost. */
export interface Tagged<Answer> {
  readonly value: Answer
  readonly etag: string | undefined
}

export interface ApiClient {
  /** @throws ApiProblem whatever goes wrong, the network included. */
  call<E extends Endpoint>(endpoint: E, input: CallInput<E>): Promise<AnswerOf<E>>
  callTagged<E extends Endpoint>(endpoint: E, input: CallInput<E>): Promise<Tagged<AnswerOf<E>>>
  /** When the server last answered what somebody did (by the browser's clock): from then on the session's idle time counts. */
  readonly lastActAtMs: () => number
  /** Calls `listener` after each of those answers. @returns how to stop that. */
  readonly onAct: (listener: () => void) => () => void
}

/** The parts of an input that the client looks at, whatever the endpoint. */
interface PlainInput {
  readonly params?: unknown
  readonly body?: unknown
  readonly query?: unknown
  readonly etag?: string | undefined
  readonly idempotencyKey?: string
  readonly signal?: AbortSignal
  readonly automatic?: boolean
}

/** Client of Driftlock's browser API: same origin, session cookie, JSON both ways, problem+json on failure. */
export function createApiClient(onSessionEnded: () => void): ApiClient {
  const listeners = new Set<() => void>()
  let lastActMs = Date.now()
  const noteAct = () => {
    lastActMs = Date.now()
    for (const listener of listeners) listener()
  }
  const callTagged = async <E extends Endpoint>(endpoint: E, input: CallInput<E>): Promise<Tagged<AnswerOf<E>>> => {
    const response = await reach(pathOf(endpoint.path, input), initOf(endpoint, input))
    if (input.automatic !== true && response.ok) noteAct()
    if (response.ok) return readAnswer(endpoint, response)
    if (response.status === 401 && endpoint.access.type !== 'public') onSessionEnded()
    throw await readProblem(response)
  }
  return {
    callTagged,
    call: async (endpoint, input) => (await callTagged(endpoint, input)).value,
    lastActAtMs: () => lastActMs,
    onAct: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

function initOf(endpoint: Endpoint, input: PlainInput): RequestInit {
  const { body, etag, idempotencyKey = newIdempotencyKey(), signal, automatic = false } = input
  return {
    method: endpoint.method,
    credentials: 'same-origin',
    cache: 'no-store',
    headers: {
      accept: 'application/json',
      ...(automatic && { [AUTOMATIC_REQUEST_HEADER]: '1' }),
      ...(endpoint.method === 'GET' ? {} : { 'idempotency-key': idempotencyKey }),
      ...(etag === undefined ? {} : { 'if-match': etag }),
      ...(body === undefined || body instanceof Blob ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: body instanceof Blob ? body : JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  }
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new ApiProblem({ status: 0, code: 'UNREACHABLE' }, { cause })
  }
}

async function readAnswer<E extends Endpoint>(endpoint: E, response: Response): Promise<Tagged<AnswerOf<E>>> {
  const requestId = response.headers.get('x-request-id') ?? undefined
  try {
    const content: unknown = response.status === 204 ? null : await response.json()
    // The endpoint's own schema read it: that is what AnswerOf names.
    const value = endpoint.response.parse(content) as AnswerOf<E>
    return { value, etag: response.headers.get('etag') ?? undefined }
  } catch (cause) {
    throw new ApiProblem({ status: response.status, code: 'UNEXPECTED_ANSWER', requestId }, { cause })
  }
}

/** 128 random bits; randomUUID exists only on HTTPS. */
export function newIdempotencyKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
