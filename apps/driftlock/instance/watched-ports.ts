import type { AuthenticationPorts } from '@driftlock/application'
import type { LoginWatch } from './open-instance.ts'

/** The same ports, and `watch` is told what went through them. */
export function watchedPorts(ports: AuthenticationPorts, watch: LoginWatch): AuthenticationPorts {
  const { store, clockGuard } = ports
  return {
    ...ports,
    store: {
      lookup: (usernames) => store.lookup(usernames),
      async commit(job) {
        const outcome = await store.commit(job)
        if (outcome === 'committed') for (const entry of job.audit) watch.committed(entry)
        return outcome
      },
    },
    clockGuard: {
      inDoubt: () => clockGuard.inDoubt(),
      doubts: () => clockGuard.doubts(),
      witness(tokenId, surpriseMs) {
        watch.surprised(surpriseMs)
        clockGuard.witness(tokenId, surpriseMs)
      },
    },
  }
}
