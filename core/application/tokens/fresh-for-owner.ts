import type { TokenState } from '@driftlock/domain'

/**
 * What of a token's state belongs to its owner and goes when the owner does: the PIN with its history, emergency access, the
 * report of loss, the last use. What was learned of the clock and the steps that were used stay with the token.
 */
export const freshForOwner = {
  pin: null,
  clearedPin: null,
  proposedPin: null,
  newPinRequired: false,
  emergency: null,
  lost: false,
  badTokencodeCount: 0,
  lastAcceptedAt: null,
} as const satisfies Partial<TokenState>
