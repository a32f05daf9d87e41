import { contradiction, type PolicyFault, rangeFault } from './field-check.ts'
import { pinPolicyFaults } from './pin-policy-faults.ts'
import type {
  EmergencyCodeFormat,
  LockoutPolicy,
  OfflinePolicy,
  Policies,
  PolicyKind,
  TokenPolicy,
} from './policies.ts'

const ONE_YEAR_SECONDS = 366 * 86_400

/**
 * Everything that is wrong with a policy somebody entered; empty = it may be saved. A policy without faults never asks
 * for the impossible: PINs and emergency codes that meet it exist.
 */
export function policyFaults<K extends PolicyKind>(kind: K, policy: Policies[K]): PolicyFault[] {
  const check: (policy: Policies[K]) => PolicyFault[] = CHECKS[kind]
  return check(policy)
}

const CHECKS: { readonly [K in PolicyKind]: (policy: Policies[K]) => PolicyFault[] } = {
  token: tokenPolicyFaults,
  lockout: lockoutPolicyFaults,
  offline: offlinePolicyFaults,
}

function tokenPolicyFaults(policy: TokenPolicy): PolicyFault[] {
  const limit = policy.incorrectPasscodesBeforeNextTokencode
  return [
    ...(limit === null ? [] : rangeFault('incorrectPasscodesBeforeNextTokencode', limit, { min: 1, max: 100 })),
    ...rangeFault('challengeLifetimeSeconds', policy.challengeLifetimeSeconds, { min: 60, max: 900 }),
    ...pinPolicyFaults(policy.pin),
    ...emergencyCodeFaults(policy.emergencyCode),
  ]
}

function emergencyCodeFaults(format: EmergencyCodeFormat): PolicyFault[] {
  const faults = rangeFault('emergencyCode.length', format.length, { min: 6, max: 32 })
  if (!format.digits && !format.letters && !format.special) {
    faults.push(contradiction('emergencyCode', 'choose at least one type of character.'))
  }
  return faults
}

function lockoutPolicyFaults(policy: LockoutPolicy): PolicyFault[] {
  const unlockAfter = policy.unlockAfterSeconds
  const faults = [
    ...rangeFault('maxFailures', policy.maxFailures, { min: 1, max: 100 }),
    ...rangeFault('withinSeconds', policy.withinSeconds, { min: 60, max: ONE_YEAR_SECONDS }),
    ...(unlockAfter === null ? [] : rangeFault('unlockAfterSeconds', unlockAfter, { min: 60, max: ONE_YEAR_SECONDS })),
    ...rangeFault('delayFirstSeconds', policy.delayFirstSeconds, { min: 1, max: 3600 }),
    ...rangeFault('delayCapSeconds', policy.delayCapSeconds, { min: 1, max: 86_400 }),
    ...rangeFault('delayAfterFailures', policy.delayAfterFailures, { min: 1, max: 100 }),
    ...rangeFault('retransmissionSeconds', policy.retransmissionSeconds, { min: 0, max: 300 }),
  ]
  if (policy.delayFirstSeconds > policy.delayCapSeconds) {
    faults.push(contradiction('delayCapSeconds', 'must not be shorter than delayFirstSeconds.'))
  }
  if (policy.response === 'both' && policy.delayAfterFailures >= policy.maxFailures) {
    faults.push(contradiction('delayAfterFailures', 'must be below maxFailures, or the lock comes before any pause.'))
  }
  return faults
}

function offlinePolicyFaults(policy: OfflinePolicy): PolicyFault[] {
  const faults = [
    ...rangeFault('offlineDays', policy.offlineDays, { min: 1, max: 366 }),
    ...rangeFault('emergencyLifetimeSeconds', policy.emergencyLifetimeSeconds, { min: 3600, max: ONE_YEAR_SECONDS }),
  ]
  if (!policy.offlineAllowed && (policy.emergencyTokencodeAllowed || policy.emergencyPasscodeAllowed)) {
    faults.push(contradiction('offlineAllowed', 'offline emergency codes need offline authentication to be allowed.'))
  }
  return faults
}
