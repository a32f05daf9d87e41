import type { Clock, Random } from '@driftlock/application'
import { MS_PER_SECOND } from '@driftlock/domain'

export interface CloudClientParts {
  readonly clock: Clock
  readonly random: Random
}

/** Unix seconds. */
export function secondsNow({ clock }: CloudClientParts): number {
  return Math.floor(clock.now() / MS_PER_SECOND)
}
