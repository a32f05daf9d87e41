import type { Clock } from '@driftlock/application'
import { unixMs } from '@driftlock/domain'

/** The clocks of the machine. */
export const systemClock: Clock = {
  now: () => unixMs(Date.now()),
  monotonicMs: () => performance.now(),
}
