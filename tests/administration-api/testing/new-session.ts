import { createHash, randomBytes } from 'node:crypto'
import { addMs } from '@driftlock/domain'
import type { Deployment } from '../../use-cases/testing/deployment.ts'

/** Writes sessions straight into the store, as a log-on would. @returns the Cookie header of a new one. */
export function newSessionOf({ store, clock }: Deployment) {
  return async (console: 'security' | 'self-service', userId: string): Promise<string> => {
    const value = randomBytes(32).toString('base64url')
    const now = clock.now()
    const id = createHash('sha256').update(value).digest('hex')
    const times = { createdAt: now, lastSeenAt: now, expiresAt: addMs(now, 12 * 3600_000) }
    await store.administration.transaction((tx) =>
      tx.access.saveSession({ id, console, userId, ...times, details: {} }),
    )
    return `driftlock-${console}=${value}`
  }
}
