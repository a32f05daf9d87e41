import type { TokenRecord } from '../token/token.ts'
import type { UnixMs } from '../time.ts'
import type { IfTokenBecomesAvailable } from './emergency-access.ts'

export const MIN_EMERGENCY_CODES = 1
export const MAX_EMERGENCY_CODES = 50

/** What an administrator or the self-service settings ask for (authentication-manager §4.2). */
export interface EmergencySettings {
  readonly method: { readonly type: 'one-time-set'; readonly count: number } | { readonly type: 'temporary-fixed' }
  /** null = no expiration. */
  readonly expiresAt: UnixMs | null
  readonly ifTokenBecomesAvailable: IfTokenBecomesAvailable
}

/** Why emergency access cannot be issued like this: a closed list. Texts name the field and say what to do. */
export const EMERGENCY_SETTING_FAULTS = {
  count: `count: enter a whole number from ${MIN_EMERGENCY_CODES} to ${MAX_EMERGENCY_CODES}.`,
  'expires-in-the-past': 'expiresAt: the lifetime has ended already. Choose a later date.',
  'rule-needs-expiration':
    'ifTokenBecomesAvailable: "only after the emergency lifetime has expired" never comes true without an expiration. Set a date, or choose to deny the token.',
  'token-unassigned': 'token: it is assigned to nobody. Assign it first.',
  'token-expired': 'token: it has expired. Assign a replacement first.',
  'token-disabled':
    'token: it is disabled, which voids its emergency codes. Enable it, and choose to deny the token if it is lost.',
  'app-stands-alone':
    'token: codes may stand for an app only while its user has an assigned token of this deployment that has not expired. Assign one first.',
} as const satisfies Record<string, string>

export type EmergencySettingFault = keyof typeof EMERGENCY_SETTING_FAULTS

/** Settings that may be saved, but that somebody should think about first. */
export const EMERGENCY_SETTING_WARNINGS = {
  'deny-advised':
    'The token needs no PIN: if it is lost, whoever finds it can log in with it. Deny authentication with the recovered token (seed 004).',
  'no-expiration': 'The codes stay valid until somebody ends emergency access.',
  'outlives-token': 'The token expires before the codes do, and its end voids them.',
} as const satisfies Record<string, string>

export type EmergencySettingWarning = keyof typeof EMERGENCY_SETTING_WARNINGS

/** The token that emergency access is for, and the instant of asking. */
export interface EmergencyTarget {
  readonly record: Pick<TokenRecord, 'userId' | 'expiresAt' | 'enabled' | 'passcodeStyle'>
  readonly now: UnixMs
  /** It is an app's, and its owner has no other token that counts. */
  readonly appStandsAlone?: boolean
}

/** Everything that forbids issuing emergency access; empty = it may be issued. An expiry counts from its own instant on. */
export function emergencySettingFaults(settings: EmergencySettings, target: EmergencyTarget): EmergencySettingFault[] {
  const { method, expiresAt } = settings
  const { record, now } = target
  const faults: EmergencySettingFault[] = []
  if (method.type === 'one-time-set' && !isCount(method.count)) faults.push('count')
  if (expiresAt !== null && expiresAt <= now) faults.push('expires-in-the-past')
  if (expiresAt === null && settings.ifTokenBecomesAvailable === 'allow-after-expiry')
    faults.push('rule-needs-expiration')
  if (record.userId === null) faults.push('token-unassigned')
  if (record.expiresAt !== null && record.expiresAt <= now) faults.push('token-expired')
  if (!record.enabled) faults.push('token-disabled')
  if (target.appStandsAlone === true) faults.push('app-stands-alone')
  return faults
}

/** What to show beside settings that have no faults. */
export function emergencySettingWarnings(
  { expiresAt, ifTokenBecomesAvailable }: EmergencySettings,
  { record }: EmergencyTarget,
): EmergencySettingWarning[] {
  const warnings: EmergencySettingWarning[] = []
  if (record.passcodeStyle === 'tokencode-only' && ifTokenBecomesAvailable !== 'deny') warnings.push('deny-advised')
  if (expiresAt === null) warnings.push('no-expiration')
  else if (record.expiresAt !== null && record.expiresAt < expiresAt) warnings.push('outlives-token')
  return warnings
}

function isCount(count: number): boolean {
  return Number.isInteger(count) && count >= MIN_EMERGENCY_CODES && count <= MAX_EMERGENCY_CODES
}
