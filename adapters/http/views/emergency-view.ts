import { emergencyStatus, type ManagedToken } from '@driftlock/application'
import type { EmergencyAccess } from '@driftlock/contracts'
import { EMERGENCY_SETTING_FAULTS, emergencySettingFaults, type UnixMs } from '@driftlock/domain'

const NONE = {
  active: false,
  method: null,
  codeCount: null,
  codesLeft: null,
  issuedAt: null,
  expiresAt: null,
  expired: false,
  ifTokenBecomesAvailable: null,
} as const

/** What the page of seed 004 shows of a token: no code, nothing that would verify one. */
export function emergencyView({ record, state }: ManagedToken, now: UnixMs): EmergencyAccess {
  const settings = { method: { type: 'temporary-fixed' }, expiresAt: null, ifTokenBecomesAvailable: 'deny' } as const
  const faults = emergencySettingFaults(settings, { record, now })
  const refusals = faults.map((code) => ({ code, text: EMERGENCY_SETTING_FAULTS[code] }))
  if (state.emergency === null) return { ...NONE, pinNeeded: record.passcodeStyle !== 'tokencode-only', refusals }
  const status = emergencyStatus(state.emergency, now)
  const { method } = state.emergency
  const codeCount = method.type === 'one-time-set' ? method.codes.length : null
  return { ...status, active: !status.expired, codeCount, refusals }
}
