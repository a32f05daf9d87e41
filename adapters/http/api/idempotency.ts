import { createHash } from 'node:crypto'
import {
  type AttemptMemory,
  type Clock,
  type KeyRing,
  type SealContext,
  type Sealed,
  SealError,
  StoreError,
} from '@driftlock/application'
import { addMs } from '@driftlock/domain'
import { ApiError } from './api-error.ts'

/** How long the first answer is kept. */
const KEPT_MS = 24 * 3600_000
/** A longer answer is not kept: the request is then refused when it is repeated, never done twice. */
const LONGEST_KEPT = 262_144
const KEY = /^[\x21-\x7e]{8,128}$/

export interface KeptAnswer {
  readonly status: number
  readonly payload: string
  readonly contentType: string
  readonly etag: string | undefined
}

interface Kept {
  readonly fingerprint: string
  readonly answer: KeptAnswer | null
}

export interface IdempotentRequest {
  /** Whose key it is: two callers may choose the same. */
  readonly callerId: string
  readonly key: string
  /** Everything that makes two requests the same one. */
  readonly request: unknown
}

export interface IdempotencyPorts {
  readonly attempts: AttemptMemory
  readonly keys: KeyRing
  readonly clock: Clock
}

/** A request that is being done for the first time. */
export interface FirstTime {
  keep(answer: KeptAnswer): Promise<void>
  /** It failed inside: whoever repeats it may try again. */
  forget(): Promise<void>
}

/**
 * The Idempotency-Key of a write (the IETF draft's semantics): the first request with a key is done, a repetition gets the
 * first one's answer, another request with that key is refused. Answers are sealed: some show a secret once.
 * @throws ApiError `IDEMPOTENCY_KEY_REUSED`, `IDEMPOTENCY_IN_PROGRESS`, `INVALID_REQUEST`.
 */
export async function beginIdempotent(
  ports: IdempotencyPorts,
  request: IdempotentRequest,
): Promise<FirstTime | KeptAnswer> {
  if (!KEY.test(request.key))
    throw new ApiError('INVALID_REQUEST', { detail: 'Idempotency-Key: 8 to 128 printable characters without blanks.' })
  const id = `idempotency:${digest([request.callerId, request.key])}`
  const fingerprint = digest(request.request)
  const now = ports.clock.now()
  const stored = (kept: Kept, version: number) => ({
    id,
    state: seal(ports.keys, id, kept),
    expiresAt: addMs(now, KEPT_MS),
    version,
  })
  try {
    await ports.attempts.insert(stored({ fingerprint, answer: null }, 1))
  } catch (error) {
    if (error instanceof StoreError && error.code === 'ALREADY_EXISTS') return keptAnswer(ports, id, fingerprint)
    throw error
  }
  return {
    async keep(answer) {
      if (answer.payload.length <= LONGEST_KEPT) await ports.attempts.advance(stored({ fingerprint, answer }, 2))
    },
    async forget() {
      await ports.attempts.take(id, now)
    },
  }
}

async function keptAnswer(
  { attempts, keys, clock }: IdempotencyPorts,
  id: string,
  fingerprint: string,
): Promise<KeptAnswer> {
  const found = await attempts.find(id, clock.now())
  const kept = found && open(keys, id, found.state)
  if (kept === undefined) throw new ApiError('IDEMPOTENCY_IN_PROGRESS')
  if (kept.fingerprint !== fingerprint) throw new ApiError('IDEMPOTENCY_KEY_REUSED')
  if (kept.answer === null) throw new ApiError('IDEMPOTENCY_IN_PROGRESS')
  return kept.answer
}

function seal(keys: KeyRing, id: string, kept: Kept): Sealed {
  return keys.seal('setting', cellOf(id), new TextEncoder().encode(JSON.stringify(kept)))
}

/** @returns `undefined` where the key that sealed it is gone: then nobody knows the answer any more. */
function open(keys: KeyRing, id: string, state: Uint8Array): Kept | undefined {
  try {
    const content = keys.open('setting', cellOf(id), state)
    return JSON.parse(new TextDecoder().decode(content)) as Kept // sealed above
  } catch (error) {
    if (error instanceof SealError) return undefined
    throw error
  }
}

function cellOf(id: string): SealContext {
  return { table: 'attempts', column: 'state', row: id }
}

function digest(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(value) ?? '')
    .digest('base64url')
}
