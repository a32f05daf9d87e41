import type { PasswordHasher } from '@driftlock/application'
import { hash, verify } from '@node-rs/argon2'

/** Algorithm 2 = argon2id; 19 MiB, two passes, one lane (OWASP's first choice of parameters). */
const PARAMETERS = {
  algorithm: 2,
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
} as const

/** What waits for a turn; more is refused at once, so that a flood of log-ons cannot pile up memory. */
const LONGEST_QUEUE = 200

/** Too many passwords at a time. The edge says 503 with Retry-After. */
export class PasswordQueueFullError extends Error {
  readonly statusCode = 503
  constructor() {
    super('Too many passwords are being checked at this moment. Try again shortly.')
    this.name = 'PasswordQueueFullError'
  }
}

/**
 * Passwords by argon2id in the threads of libuv, off the event loop; at most `concurrency` at a time, so that hashing never
 * takes all threads nor more than `concurrency` × 19 MiB.
 */
export function argon2Hasher(concurrency = 2): PasswordHasher {
  const turn = turns(concurrency)
  return {
    hash: (password) => turn(() => hash(password, PARAMETERS)),
    verify: (password, encoded) => turn(() => verify(encoded, password)),
  }
}

function turns(concurrency: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let running = 0
  return async (work) => {
    if (running >= concurrency) {
      if (waiting.length >= LONGEST_QUEUE) throw new PasswordQueueFullError()
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else {
      running += 1
    }
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) running -= 1
      else next()
    }
  }
}
