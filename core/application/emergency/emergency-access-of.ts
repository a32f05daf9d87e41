import { type EmergencyAccess, isEmergencyExpired, type UnixMs } from '@driftlock/domain'
import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { authoriseAct } from '../administration/authorise-act.ts'
import { findToken } from '../administration/find-object.ts'
import { codesLeft } from '../administration/token-facts.ts'

/** What may be shown of emergency access: no code, nothing that would verify one. */
export interface EmergencyStatus {
  readonly method: EmergencyAccess['method']['type']
  readonly issuedAt: UnixMs
  readonly expiresAt: UnixMs | null
  readonly expired: boolean
  readonly ifTokenBecomesAvailable: EmergencyAccess['ifTokenBecomesAvailable']
  readonly pinNeeded: boolean
  /** null for a temporary fixed tokencode. */
  readonly codesLeft: number | null
}

/** Whether emergency access stands and how many codes are left; null = none. @throws ApplicationError `NOT_FOUND`. */
export async function emergencyAccessOfToken(
  { administration: { read }, clock }: AdministrationPorts,
  context: AdministrationContext,
  request: { readonly token: string },
): Promise<EmergencyStatus | null> {
  const { securityDomainId, state } = await findToken(read, request.token)
  await authoriseAct(read, context, { permission: 'view-emergency-access', securityDomainId })
  return state.emergency && emergencyStatus(state.emergency, clock.now())
}

export function emergencyStatus(emergency: EmergencyAccess, now: UnixMs): EmergencyStatus {
  const { method, issuedAt, expiresAt, ifTokenBecomesAvailable, pinNeeded } = emergency
  return {
    method: method.type,
    issuedAt,
    expiresAt,
    expired: isEmergencyExpired(emergency, now),
    ifTokenBecomesAvailable,
    pinNeeded,
    codesLeft: codesLeft(emergency),
  }
}
