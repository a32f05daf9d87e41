import type { LockoutPolicy, OfflinePolicy, PinPolicy, Policies, TokenPolicy } from './policies.ts'

const ONE_DAY_SECONDS = 86_400

/** PIN 4-8 digits chosen by the user (authentication-manager §2.2); never expires; the last three do not come back. */
const INITIAL_PIN_POLICY: PinPolicy = {
  creation: 'user',
  minLength: 4,
  maxLength: 8,
  characters: 'digits',
  minLetters: 1,
  minDigits: 1,
  excludedWords: [],
  refuseTrivial: true,
  historyCount: 3,
  minAgeSeconds: 0,
  maxAgeSeconds: null,
}

/** Next tokencode after 3 (§1.2); emergency codes of 8 letters and digits (§4.1). */
const INITIAL_TOKEN_POLICY: TokenPolicy = {
  incorrectPasscodesBeforeNextTokencode: 3,
  lockOnWrongNextTokencode: false,
  challengeLifetimeSeconds: 180,
  pin: INITIAL_PIN_POLICY,
  emergencyCode: { length: 8, digits: true, letters: true, special: false },
}

/** Locked after 5 failures within 1 day; an administrator unlocks (§3). The pauses hold for a policy that delays. */
const INITIAL_LOCKOUT_POLICY: LockoutPolicy = {
  response: 'lock',
  maxFailures: 5,
  withinSeconds: ONE_DAY_SECONDS,
  unlockAfterSeconds: null,
  delayFirstSeconds: 5,
  delayCapSeconds: 900,
  delayAfterFailures: 3,
  retransmissionSeconds: 30,
}

/** Offline authentication is off until an administrator allows it (§4.4). */
const INITIAL_OFFLINE_POLICY: OfflinePolicy = {
  offlineAllowed: false,
  offlineDays: 14,
  emergencyTokencodeAllowed: false,
  emergencyPasscodeAllowed: false,
  emergencyLifetimeSeconds: 7 * ONE_DAY_SECONDS,
}

/** What holds where no security domain up to the root sets anything. */
export const INITIAL_POLICIES: Policies = {
  token: INITIAL_TOKEN_POLICY,
  lockout: INITIAL_LOCKOUT_POLICY,
  offline: INITIAL_OFFLINE_POLICY,
}

/** Their names in the consoles, as in the system described (§13.2). */
export const INITIAL_POLICY_NAMES: Readonly<Record<keyof Policies, string>> = {
  token: 'Initial Token Policy',
  lockout: 'Initial Lockout Policy',
  offline: 'Initial Offline Authentication Policy',
}
