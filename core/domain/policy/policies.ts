/**
 * Policies as plain data (authentication-manager §2.2, §3, §4). Each is set per security domain and inherited down the
 * tree; `effectivePolicy` says what holds and where it comes from.
 */

/** What a PIN may look like and how long it lives. */
export interface PinPolicy {
  readonly creation: 'user' | 'system'
  readonly minLength: number
  readonly maxLength: number
  readonly characters: 'digits' | 'letters-and-digits'
  /** Required counts; only looked at for letters and digits. */
  readonly minLetters: number
  readonly minDigits: number
  readonly excludedWords: readonly string[]
  /** Refuse runs (1234, 9876) and repeats (1111, 1212). */
  readonly refuseTrivial: boolean
  /** How many earlier PINs must not come back; 0 = none. */
  readonly historyCount: number
  readonly minAgeSeconds: number
  /** null = a PIN does not expire. */
  readonly maxAgeSeconds: number | null
}

/** Which kinds of characters an emergency code is made of (policy "Emergency Access Code Format"). */
export interface EmergencyCodeFormat {
  /** 6-32; 8 unless set. */
  readonly length: number
  readonly digits: boolean
  readonly letters: boolean
  readonly special: boolean
}

export interface TokenPolicy {
  /** "Require next tokencode after X incorrect passcodes"; null = never for this reason. */
  readonly incorrectPasscodesBeforeNextTokencode: number | null
  /** A wrong next tokencode also locks the user. */
  readonly lockOnWrongNextTokencode: boolean
  /** How long a challenge may be answered. */
  readonly challengeLifetimeSeconds: number
  readonly pin: PinPolicy
  readonly emergencyCode: EmergencyCodeFormat
}

export interface LockoutPolicy {
  /** `lock`: locked after the limit. `delay`: growing pauses, never locked. `both`: pauses first, then locked. */
  readonly response: 'lock' | 'delay' | 'both'
  /** "Lock accounts after X consecutive failed authentications within X days". */
  readonly maxFailures: number
  readonly withinSeconds: number
  /** null = an administrator must unlock. */
  readonly unlockAfterSeconds: number | null
  /** First pause; doubles with each further failure up to the cap. */
  readonly delayFirstSeconds: number
  readonly delayCapSeconds: number
  /** Failures before the first pause. */
  readonly delayAfterFailures: number
  /** The same wrong passcode again within this time is a retransmission and is not counted again. */
  readonly retransmissionSeconds: number
}

/** Offline days and offline emergency codes (§4.4); kept as data until offline agents exist. */
export interface OfflinePolicy {
  readonly offlineAllowed: boolean
  readonly offlineDays: number
  readonly emergencyTokencodeAllowed: boolean
  readonly emergencyPasscodeAllowed: boolean
  readonly emergencyLifetimeSeconds: number
}

/** The policies of one security domain, by kind. */
export interface Policies {
  readonly token: TokenPolicy
  readonly lockout: LockoutPolicy
  readonly offline: OfflinePolicy
}

export type PolicyKind = keyof Policies
