import type { EmergencyAccess } from '../emergency/emergency-access.ts'
import type { ClockEstimate } from '../drift/clock-estimate.ts'
import type { PinState } from '../pin/pin-state.ts'
import type { Step, UnixMs } from '../time.ts'

/** How the token makes its codes: SecurID-format AES-128 by time, TOTP (RFC 6238) by time, HOTP (RFC 4226) by counter. */
export type TokenKind = 'securid' | 'totp' | 'hotp'

/** What the token is; decides the default windows (authentication-manager §1.1). */
export type FormFactor = 'key-fob' | 'pinpad' | 'software'

/** How PIN and tokencode make a passcode: in one string, mixed digit by digit, or no PIN at all. */
export type PasscodeStyle = 'fob' | 'pinpad' | 'tokencode-only'

export type TokencodeAlgorithm = 'aes-128' | 'sha1' | 'sha256' | 'sha512'

/** Half-widths of the acceptance windows. Time tokens: seconds either way. HOTP: counters ahead. */
export interface TokenWindows {
  /** Accepted silently. */
  readonly small: number
  /** Accepted, but asks for the next tokencode. */
  readonly medium: number
  /** Only after repeated failures, together with the next tokencode. */
  readonly large: number
}

/** What a token is. Nothing here changes with a login. */
export interface TokenRecord {
  readonly id: string
  /** Printed on the token; unique in the deployment; SecurID-format serials have 12 digits. */
  readonly serial: string
  readonly kind: TokenKind
  readonly formFactor: FormFactor
  readonly algorithm: TokencodeAlgorithm
  /** 1-10. */
  readonly digits: number
  /** Seconds a code is shown; 0 for HOTP. */
  readonly intervalSeconds: number
  /** Unix second where TOTP counting begins; 0 unless the vendor says otherwise. */
  readonly t0Seconds: number
  readonly passcodeStyle: PasscodeStyle
  readonly windows: TokenWindows
  readonly enabled: boolean
  readonly startsAt: UnixMs | null
  /** First instant at which the token no longer counts (the end of its last valid day); null = never. */
  readonly expiresAt: UnixMs | null
  readonly userId: string | null
}

/** What logins and the help desk change. Written whole, under the condition of `version`. */
export interface TokenState {
  /** Rises by one with every write of record or state; what a decision was based on must still stand when it is committed. */
  readonly version: number
  /** The last step that was used. A step at or below it is never accepted again; it never falls but by a setback (administrator only). */
  readonly highWaterStep: Step
  readonly clock: ClockEstimate
  /** Consecutive wrong tokencodes charged to this token: next tokencode is asked once it reaches the policy's limit. */
  readonly badTokencodeCount: number
  /** Challenges opened at or below this step are void: one chance only. */
  readonly challengeSpentStep: Step
  readonly pin: PinState | null
  /** The PIN that was cleared, with its history: no longer good for anything, and not to be chosen again; absent = none. */
  readonly clearedPin?: PinState | null
  /** The next login must set a new PIN: forced by an administrator, or the PIN was cleared. */
  readonly newPinRequired: boolean
  /** A new PIN that was confirmed but not used yet: it becomes `pin` with the first passcode whose code is later. */
  readonly proposedPin: PinState | null
  readonly lastAcceptedAt: UnixMs | null
  /** Reported lost. */
  readonly lost: boolean
  readonly emergency: EmergencyAccess | null
  /** The seed of a redistribution that the user has not used yet stands beside the old one until then (seed 000, made safe). */
  readonly pendingSeed: boolean
}

/** A token as the rules see it: record, state and opened seed. Holders of this value keep it out of logs. */
export interface Token {
  readonly record: TokenRecord
  readonly state: TokenState
  readonly seed: Uint8Array
  /** Seed of a redistribution waiting for its first use; present when `state.pendingSeed`. */
  readonly pendingSeed?: Uint8Array
  /** Seeds that redistributions voided lately, newest first: only `explain` looks at them. */
  readonly voidedSeeds?: readonly Uint8Array[]
  /** The cloud was asked about this app a moment ago and does not let it in; never stored. */
  readonly refusedByCloud?: boolean
}
