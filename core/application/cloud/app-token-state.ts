import type { TokenState } from '@driftlock/domain'
import type { AppDevice } from '../ports/cloud-subjects.ts'

/** An app as the rules see a token: no PIN, no emergency access, one seed. */
export function appTokenState(app: AppDevice): TokenState {
  const { version, highWaterStep, clock, badTokencodeCount, challengeSpentStep, lastAcceptedAt } = app
  return {
    version,
    highWaterStep,
    clock,
    badTokencodeCount,
    challengeSpentStep,
    lastAcceptedAt,
    pin: null,
    newPinRequired: false,
    proposedPin: null,
    lost: false,
    emergency: null,
    pendingSeed: false,
  }
}
