import type { PinVerifier } from '../pin/pin-state.ts'
import type { UnixMs } from '../time.ts'

/** The three rules of seed 004, "If Token Becomes Available". */
export type IfTokenBecomesAvailable =
  /** The recovered token cannot log in while emergency access stands. */
  | 'deny'
  /** The first log-on with the real token ends emergency access. */
  | 'allow-and-disable-emergency'
  /** The real token is denied until the emergency lifetime has ended, then works again. */
  | 'allow-after-expiry'

/** One code of a set, kept as a keyed hash. */
export interface OneTimeTokencode {
  readonly verifier: PinVerifier
  readonly usedAt: UnixMs | null
}

/** Online emergency access of one token: its codes stand in for the tokencode (seeds 002 and 004). */
export interface EmergencyAccess {
  readonly method:
    | { readonly type: 'one-time-set'; readonly codes: readonly OneTimeTokencode[] }
    | { readonly type: 'temporary-fixed'; readonly verifier: PinVerifier }
  /** Characters of a code; all codes of one issue are alike. */
  readonly codeLength: number
  readonly issuedAt: UnixMs
  /** null = no expiration. */
  readonly expiresAt: UnixMs | null
  readonly ifTokenBecomesAvailable: IfTokenBecomesAvailable
  /** Codes that stand for an authenticate app are entered without a PIN (seed 004). */
  readonly pinNeeded: boolean
}
