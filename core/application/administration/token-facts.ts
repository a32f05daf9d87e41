import type { EmergencyAccess } from '@driftlock/domain'
import type { ManagedToken } from '../ports/token-store.ts'

/** What the audit records of a token: no seed, no PIN, nothing that would verify one. */
export function tokenFacts({ record, state, ...details }: ManagedToken): Readonly<Record<string, unknown>> {
  return {
    serial: record.serial,
    userId: record.userId,
    enabled: record.enabled,
    passcodeStyle: record.passcodeStyle,
    startsAt: record.startsAt,
    expiresAt: record.expiresAt,
    windows: record.windows,
    securityDomainId: details.securityDomainId,
    nickname: details.nickname,
    notes: details.notes,
    replacedByTokenId: details.replacedByTokenId,
    distribution: details.distribution,
    highWaterStep: state.highWaterStep.toString(),
    clockOffsetMs: Math.round(state.clock.offsetMs),
    hasPin: state.pin !== null,
    newPinRequired: state.newPinRequired,
    lost: state.lost,
    pendingSeed: state.pendingSeed,
    emergencyAccess: state.emergency && emergencyFacts(state.emergency),
  }
}

/** Emergency access without its verifiers. */
export function emergencyFacts(emergency: EmergencyAccess): Readonly<Record<string, unknown>> {
  const { method, issuedAt, expiresAt, ifTokenBecomesAvailable, pinNeeded } = emergency
  return {
    method: method.type,
    issuedAt,
    expiresAt,
    ifTokenBecomesAvailable,
    pinNeeded,
    ...(method.type === 'one-time-set' && { count: method.codes.length, codesLeft: codesLeft(emergency) }),
  }
}

/** One-time tokencodes that were not used yet; null for a temporary fixed tokencode, which does not run out. */
export function codesLeft({ method }: EmergencyAccess): number | null {
  return method.type === 'one-time-set' ? method.codes.filter(({ usedAt }) => usedAt === null).length : null
}
