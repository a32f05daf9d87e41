import type { Reason } from '../authentication/reasons.ts'
import type { UnixMs } from '../time.ts'
import { tokenHindrance } from '../token/token-hindrance.ts'
import type { Token } from '../token/token.ts'
import type { EmergencyAccess } from './emergency-access.ts'

export function isEmergencyExpired(emergency: EmergencyAccess, now: UnixMs): boolean {
  return emergency.expiresAt !== null && now >= emergency.expiresAt
}

/**
 * Why an emergency code of this token cannot be used; undefined = it can. A code needs an assigned, enabled, unexpired
 * token (seed 004, "Before you begin"), even where it stands in for an app.
 */
export function emergencyHindrance(token: Token, emergency: EmergencyAccess, now: UnixMs): Reason | undefined {
  if (tokenHindrance(token.record, now) !== undefined) return 'emergency-code-void'
  return isEmergencyExpired(emergency, now) ? 'emergency-code-expired' : undefined
}

/**
 * "If Token Becomes Available" (seed 004): why the real token is refused while it counts as lost or unavailable.
 * `deny` outlives the lifetime of the codes: a token that a thief may hold stays denied until an administrator ends
 * emergency access. Only `allow-after-expiry` gives it back by itself.
 */
export function recoveredTokenHindrance(token: Token, now: UnixMs): Reason | undefined {
  const { emergency, lost } = token.state
  if (lost) return 'recovered-token-denied'
  switch (emergency?.ifTokenBecomesAvailable) {
    case undefined:
    case 'allow-and-disable-emergency':
      return undefined
    case 'deny':
      return 'recovered-token-denied'
    case 'allow-after-expiry':
      return emergency !== null && isEmergencyExpired(emergency, now) ? undefined : 'recovered-token-denied'
  }
}
