import { addMs, type EmergencySettings, MS_PER_SECOND, type UnixMs } from '@driftlock/domain'
import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { findToken, requireOwner } from '../administration/find-object.ts'
import { administer } from '../administration/unit-of-work.ts'
import { emergencyCodesText } from '../emergency/emergency-codes-text.ts'
import { generate } from '../emergency/propose-emergency-access.ts'
import { writeEmergencyAccess } from '../emergency/save-emergency-access.ts'
import type { AdministrationReader } from '../ports/administration-store.ts'
import { settingInForce } from '../settings/setting-in-force.ts'
import { requireFeature } from './require-feature.ts'

/** "Token is temporarily unavailable or misplaced", or "permanently lost or broken". */
export type TokenTrouble = 'temporary' | 'permanent'

export interface MyEmergencyCodes {
  /** In the clear, shown once; keep them out of logs. */
  readonly codes: readonly string[]
  readonly expiresAt: UnixMs | null
  /** "Export to File": the text of the .txt file. */
  readonly text: string
}

/**
 * Puts a token of the one who asks in emergency access mode, as the Self-Service Settings of seed 002 allow; codes of an earlier
 * issue are void from then on.
 * @throws ApplicationError `FEATURE_NOT_ALLOWED`, `NOT_AUTHORISED` (not the owner), `EMERGENCY_ACCESS_REFUSED`, `NOT_FOUND`.
 */
export async function getEmergencyCodes(
  ports: AdministrationPorts,
  context: AdministrationContext,
  { token: name, trouble }: { readonly token: string; readonly trouble: TokenTrouble },
): Promise<MyEmergencyCodes> {
  return administer(ports, { context, action: 'save-emergency-access' }, async (unit) => {
    const token = await findToken(unit.tx, name)
    unit.authoriseOwner(token.record.userId)
    await requireFeature(unit.tx, FEATURES[trouble])
    await requireFeature(unit.tx, 'self_service.emergency.allowed')
    const user = await requireOwner(unit.tx, token)
    const settings = await selfServiceSettings(unit.tx, trouble, unit.now)
    const proposal = await generate(unit, ports, { user, settings })
    await writeEmergencyAccess(unit, ports, { token, user, proposal })
    const { serial, passcodeStyle } = token.record
    const pinNeeded = passcodeStyle !== 'tokencode-only'
    const { codes } = proposal
    const text = emergencyCodesText({ codes, settings, serial, username: user.user.username, pinNeeded })
    return { codes, expiresAt: settings.expiresAt, text }
  })
}

const FEATURES = {
  temporary: 'self_service.features.temporarily_unavailable',
  permanent: 'self_service.features.permanently_lost',
} as const satisfies Record<TokenTrouble, string>

async function selfServiceSettings(
  reader: AdministrationReader,
  trouble: TokenTrouble,
  now: UnixMs,
): Promise<EmergencySettings> {
  const count = await settingInForce(reader, 'self_service.emergency.code_count')
  const type = await settingInForce(reader, 'self_service.emergency.method')
  const lifetimeSeconds = await settingInForce(reader, `self_service.emergency.${trouble}.lifetime_seconds`)
  const rule = await settingInForce(reader, `self_service.emergency.${trouble}.if_token_becomes_available`)
  return {
    method: type === 'one-time-set' ? { type, count } : { type },
    expiresAt: addMs(now, lifetimeSeconds * MS_PER_SECOND),
    ifTokenBecomesAvailable: rule,
  }
}
