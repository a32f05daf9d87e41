import { emergencyAccessOf, type EmergencyProposal, type EmergencySettings } from '@driftlock/domain'
import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { findToken, requireOwner } from '../administration/find-object.ts'
import { administer, type Unit } from '../administration/unit-of-work.ts'
import { writeToken } from '../administration/write-token.ts'
import { ApplicationError } from '../errors/application-error.ts'
import type { ManagedToken } from '../ports/token-store.ts'
import type { ManagedUser } from '../ports/user-store.ts'
import { openProposal, PROPOSAL_LIFETIME_MS } from './emergency-proposal-text.ts'
import { requireIssuable } from './propose-emergency-access.ts'

export interface SaveEmergencyAccessRequest {
  readonly token: string
  readonly sealedProposal: string
  /** Chosen after the codes were generated, as on the page of seed 004; absent = as proposed. */
  readonly settings?: Pick<EmergencySettings, 'expiresAt' | 'ifTokenBecomesAvailable'>
}

/**
 * "Save" (seed 004): makes the proposed tokencodes valid, on every instance at once, and voids those of an earlier issue.
 * @throws ApplicationError `EMERGENCY_PROPOSAL_INVALID`, `EMERGENCY_ACCESS_REFUSED`, `TOKEN_NOT_ASSIGNED`, `NOT_FOUND`.
 */
export async function saveEmergencyAccess(
  ports: AdministrationPorts,
  context: AdministrationContext,
  request: SaveEmergencyAccessRequest,
): Promise<ManagedToken> {
  return administer(ports, { context, action: 'save-emergency-access' }, async (unit) => {
    const token = await findToken(unit.tx, request.token)
    const { securityDomainId, record } = token
    await unit.authorise({ permission: 'issue-emergency-access', securityDomainId, onUserId: record.userId })
    const user = await requireOwner(unit.tx, token)
    const carried = openProposal(ports.keys, record.id, request.sealedProposal)
    // A proposal saved twice would bring used codes back to life; its save raised the version.
    const fits = carried !== undefined && carried.tokenVersion === token.state.version
    if (!fits || unit.now - carried.proposedAt > PROPOSAL_LIFETIME_MS)
      throw new ApplicationError('EMERGENCY_PROPOSAL_INVALID', { serial: record.serial })
    const { proposal } = carried
    const settings = { ...proposal.settings, ...request.settings }
    return writeEmergencyAccess(unit, ports, { token, user, proposal: { ...proposal, settings } })
  })
}

interface EmergencyWrite {
  readonly token: ManagedToken
  readonly user: ManagedUser
  readonly proposal: EmergencyProposal
}

/** The saving itself, for use cases that propose and save in one. @throws ApplicationError `EMERGENCY_ACCESS_REFUSED`. */
export async function writeEmergencyAccess(
  unit: Unit,
  { keys }: Pick<AdministrationPorts, 'keys'>,
  { token, user, proposal }: EmergencyWrite,
): Promise<ManagedToken> {
  await requireIssuable(unit, token, proposal.settings)
  const pinNeeded = token.record.passcodeStyle !== 'tokencode-only'
  const saving = { tokenId: token.record.id, keys: keys.pinKeys(), now: unit.now, pinNeeded }
  const emergency = emergencyAccessOf(proposal, saving)
  return writeToken(unit, token, { action: 'save-emergency-access', user, changes: { state: { emergency } } })
}
