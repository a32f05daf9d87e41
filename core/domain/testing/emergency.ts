import type { EmergencyAccess } from '../emergency/emergency-access.ts'
import { emergencyAccessOf } from '../emergency/issue-emergency-access.ts'
import { NOON } from './tokens.ts'
import { testPinKeys } from './pin-keys.ts'

export const ONE_TIME_CODES = ['K7MN4PQR', 'W3XY8ZAB', 'C5DE9FGH'] as const
export const FIXED_CODE = 'T6UV2WXY'

/** Emergency access to `token-1`: the set of three codes, or the temporary fixed one; without expiration unless told otherwise. */
export function emergencyAccess(
  type: 'one-time-set' | 'temporary-fixed',
  changes: Partial<EmergencyAccess> = {},
): EmergencyAccess {
  const codes = type === 'one-time-set' ? ONE_TIME_CODES : [FIXED_CODE]
  const method = type === 'one-time-set' ? { type, count: codes.length } : { type }
  const settings = { method, expiresAt: null, ifTokenBecomesAvailable: 'allow-and-disable-emergency' } as const
  const saving = { tokenId: 'token-1', keys: testPinKeys(), now: NOON, pinNeeded: true }
  return { ...emergencyAccessOf({ settings, codes }, saving), ...changes }
}
