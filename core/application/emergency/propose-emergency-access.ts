import {
  EMERGENCY_SETTING_FAULTS,
  type EmergencySettings,
  emergencySettingFaults,
  type EmergencySettingWarning,
  emergencySettingWarnings,
  hasOrdinaryToken,
  isCloudManaged,
  proposeEmergencyAccess as propose,
} from '@driftlock/domain'
import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { findToken, requireOwner } from '../administration/find-object.ts'
import { administer, type Unit } from '../administration/unit-of-work.ts'
import { ApplicationError } from '../errors/application-error.ts'
import { policiesInForce, policyGround } from '../policies/policies-in-force.ts'
import type { ManagedToken } from '../ports/token-store.ts'
import type { ManagedUser } from '../ports/user-store.ts'
import { sealProposal } from './emergency-proposal-text.ts'

export interface ProposedEmergencyAccess {
  /** In the clear, to be shown once; keep them out of logs. Not valid before they are saved. */
  readonly codes: readonly string[]
  /** To be handed to `saveEmergencyAccess`; opens nowhere else, for half an hour. */
  readonly sealedProposal: string
  readonly warnings: readonly EmergencySettingWarning[]
}

/**
 * "Generate Codes" (seed 004): generates emergency access tokencodes for a token without making them valid. The format is that
 * of the token policy of the user's security domain.
 * @throws ApplicationError `EMERGENCY_ACCESS_REFUSED`, `TOKEN_NOT_ASSIGNED`, `NOT_FOUND`.
 */
export async function proposeEmergencyAccess(
  ports: AdministrationPorts,
  context: AdministrationContext,
  request: { readonly token: string; readonly settings: EmergencySettings },
): Promise<ProposedEmergencyAccess> {
  return administer(ports, { context, action: 'propose-emergency-access' }, async (unit) => {
    const token = await findToken(unit.tx, request.token)
    const { securityDomainId, record } = token
    await unit.authorise({ permission: 'issue-emergency-access', securityDomainId, onUserId: record.userId })
    const user = await requireOwner(unit.tx, token)
    const { settings } = request
    await requireIssuable(unit, token, settings)
    const proposal = await generate(unit, ports, { user, settings })
    const { method, expiresAt, ifTokenBecomesAvailable } = settings
    unit.audit({
      action: 'propose-emergency-access',
      user,
      token,
      after: { method, expiresAt, ifTokenBecomesAvailable },
    })
    const { version: tokenVersion } = token.state
    return {
      codes: proposal.codes,
      sealedProposal: sealProposal(ports.keys, record.id, { proposal, tokenVersion, proposedAt: unit.now }),
      warnings: emergencySettingWarnings(settings, { record, now: unit.now }),
    }
  })
}

/** @throws ApplicationError `EMERGENCY_ACCESS_REFUSED`. */
export async function requireIssuable(
  { tx, now }: Unit,
  { record }: ManagedToken,
  settings: EmergencySettings,
): Promise<void> {
  const held = record.userId === null ? [] : await tx.tokens.ofUser(record.userId)
  const records = held.map((token) => token.record)
  const appStandsAlone = isCloudManaged(record) && !hasOrdinaryToken(records, now)
  const faults = emergencySettingFaults(settings, { record, now, appStandsAlone })
  if (faults.length === 0) return
  throw new ApplicationError('EMERGENCY_ACCESS_REFUSED', {
    faults: faults.map((fault) => EMERGENCY_SETTING_FAULTS[fault]),
  })
}

/** Codes in the format of the token policy that holds for the user. */
export async function generate(
  { tx }: Unit,
  { random }: AdministrationPorts,
  { user, settings }: { readonly user: ManagedUser; readonly settings: EmergencySettings },
) {
  const { emergencyCode } = policiesInForce(await policyGround(tx), user.user.securityDomainId).token
  return propose(settings, emergencyCode, random.bytes(64))
}
