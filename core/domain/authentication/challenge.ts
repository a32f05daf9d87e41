import type { PinVerifier } from '../pin/pin-state.ts'
import type { Step, UnixMs } from '../time.ts'

interface ChallengeBase {
  readonly userId: string
  readonly tokenId: string
  /** Step of the code that opened the dialogue; it is spent, and every later code must be above it. */
  readonly openedByStep: Step
  readonly openedAt: UnixMs
  /** Answers after this instant are refused. */
  readonly expiresAt: UnixMs
}

/**
 * A question put to the user, as the client carries it (sealed) to any instance. It holds no secret in the clear; what
 * must be single-use is guarded by the token's state, never by the seal.
 */
export type Challenge =
  | (ChallengeBase & {
      readonly type: 'next-tokencode'
      readonly cause: 'too-many-bad-codes' | 'outside-small-window'
      /** The opening code was of the redistributed seed. */
      readonly fromPendingSeed: boolean
      /** The opening passcode had the PIN that was set a moment ago. */
      readonly byProposedPin: boolean
    })
  | (ChallengeBase & { readonly type: 'new-pin' })
  | (ChallengeBase & { readonly type: 'confirm-pin'; readonly pin: PinVerifier; readonly pinLength: number })
  | (ChallengeBase & { readonly type: 'accept-system-pin'; readonly pin: PinVerifier; readonly pinLength: number })
  | (ChallengeBase & { readonly type: 'passcode-after-new-pin' })

export type ChallengeType = Challenge['type']
