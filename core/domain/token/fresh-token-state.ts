import { UNKNOWN_CLOCK } from '../drift/clock-estimate.ts'
import { NO_STEP } from '../time.ts'
import type { TokenState } from './token.ts'

/** Of a token that nobody has used: no step is spent, nothing is known of its clock, it has no PIN. */
export const FRESH_TOKEN_STATE: TokenState = {
  version: 1,
  highWaterStep: NO_STEP,
  clock: UNKNOWN_CLOCK,
  badTokencodeCount: 0,
  challengeSpentStep: NO_STEP,
  pin: null,
  newPinRequired: false,
  proposedPin: null,
  lastAcceptedAt: null,
  lost: false,
  emergency: null,
  pendingSeed: false,
}
