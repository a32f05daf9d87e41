import { emergencyStatus, type ManagedToken } from '@driftlock/application'
import type { EmergencyAccess } from '@driftlock/contracts'
import { EMERGENCY_SETTING_FAULTS, emergencySettingFaults, type UnixMs } from '@driftlock/domain'

/** What the page of seed 004 shows of a token: no code, nothing that would verify one. */
export function emergencyView({ record, state }: ManagedToken, now: UnixMs): EmergencyAccess {
  const status = state.emergency && emergencyStatus(state.emergency, now)
  const method = state.emergency?.method
  const settings = { method: { type: 'temporary-fixed' }, expiresAt: null, ifTokenBecomesAvailable: 'deny' } as const
  const refusals = emergencySettingFaults(settings, { record, now })
  return {
    active: status !== null && !status.expired,
    method: status?.method ?? null,
    codeCount: method?.type === 'one-time-set' ? method.codes.length : null,
    codesLeft: status?.codesLeft ?? null,
    issuedAt: status?.issuedAt ?? null,
    expiresAt: status?.expiresAt ?? null,
    expired: status?.expired ?? false,
    ifTokenBecomesAvailable: status?.ifTokenBecomesAvailable ?? null,
    pinNeeded: status?.pinNeeded ?? record.passcodeStyle !== 'tokencode-only',
    refusals: refusals.map((code) => ({ code, text: EMERGENCY_SETTING_FAULTS[code] })),
  }
}
