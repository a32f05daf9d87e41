import type { UnixMs } from '@driftlock/domain'

export interface Clock {
  /** Wall clock, UTC. May jump when someone sets it. */
  now(): UnixMs
  /** Milliseconds since an arbitrary start, with fractions; never goes back. For durations only. */
  monotonicMs(): number
}
