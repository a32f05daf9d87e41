import { type AuditOutcome, type Reason, resynchronise, type ResyncDecision } from '@driftlock/domain'
import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { findToken, requireOwner } from '../administration/find-object.ts'
import { subjectSnapshot } from '../administration/subject-snapshot.ts'
import { administer, type Unit } from '../administration/unit-of-work.ts'
import type { ClockGuard } from '../ports/clock-guard.ts'
import type { ManagedToken } from '../ports/token-store.ts'
import type { ManagedUser } from '../ports/user-store.ts'
import { refuseCloudManaged } from './refuse-cloud-managed.ts'

export interface ResynchroniseTokenRequest {
  readonly token: string
  /** The code showing now, without the PIN, and the one after it. */
  readonly first: string
  readonly second: string
  /** The clock of the device was set back: allows codes below the last used one. Needs a permission of its own. */
  readonly setBack?: boolean
}

/** `clockOffMs`: how far the token's clock was found from the server's, + = ahead; absent for HOTP and when refused. */
export interface ResyncResult {
  readonly outcome: ResyncDecision['outcome']
  readonly reason: Reason
  readonly clockOffMs?: number
}

export type ResyncPorts = AdministrationPorts & { readonly clockGuard: ClockGuard }

/**
 * Resynchronises a token by two successive codes, for an administrator (seed 000; authentication-manager §1.5). A pair that
 * is not found counts against the lockout of the owner.
 * @throws ApplicationError `TOKEN_NOT_ASSIGNED`, `TOKEN_CLOUD_MANAGED` (a setback), `NOT_FOUND`.
 */
export async function resynchroniseToken(
  ports: ResyncPorts,
  context: AdministrationContext,
  request: ResynchroniseTokenRequest,
): Promise<ResyncResult> {
  const action = request.setBack === true ? 'set-back-token' : 'resynchronise-token'
  return administer(ports, { context, action }, async (unit) => {
    const token = await findToken(unit.tx, request.token)
    const { securityDomainId, record } = token
    await unit.authorise({ permission: action, securityDomainId, onUserId: record.userId })
    // A step that falls here would be good again although the cloud knows it as used.
    if (action === 'set-back-token') refuseCloudManaged(token)
    return resynchroniseIn(unit, ports, { ...request, action, token, user: await requireOwner(unit.tx, token) })
  })
}

interface ResyncWork extends Omit<ResynchroniseTokenRequest, 'token'> {
  readonly action: 'resynchronise-token' | 'set-back-token'
  readonly token: ManagedToken
  readonly user: ManagedUser
}

/** The resynchronisation itself, for use cases that were authorised in another way. */
export async function resynchroniseIn(unit: Unit, ports: ResyncPorts, work: ResyncWork): Promise<ResyncResult> {
  const { token, user, action, first, second, setBack = false } = work
  const snapshot = await subjectSnapshot(unit.tx, user, ports)
  const decision = resynchronise(snapshot, { tokenId: token.record.id, first, second, setBack }, unit.now)
  await writeDecision(unit, decision, { user, token })
  const outcome: AuditOutcome = decision.outcome === 'resynchronised' ? 'success' : 'failure'
  const { reason, trace } = decision
  unit.audit({ action, outcome, reason, user, token, trace })
  const clockOffMs = trace.tokens[0]?.clockOffMs
  return { outcome: decision.outcome, reason, ...(outcome === 'success' && clockOffMs !== undefined && { clockOffMs }) }
}

async function writeDecision(
  { tx, now }: Unit,
  { changes, reason }: ResyncDecision,
  { user, token }: { readonly user: ManagedUser; readonly token: ManagedToken },
): Promise<void> {
  for (const { tokenId, state, promotePendingSeed } of changes.tokens) {
    await tx.tokens.update({
      tokenId,
      version: token.state.version,
      state,
      ...(reason === 'resynchronised-after-setback' && { setBack: true }),
      ...(promotePendingSeed && { seeds: { type: 'promote-pending', at: now } }),
    })
  }
  if (changes.guesses !== undefined) await tx.users.updateGuesses(user.user.id, user.user.version, changes.guesses)
}
