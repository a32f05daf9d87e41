import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { findToken, requireOwner } from '../administration/find-object.ts'
import { administer, type Unit } from '../administration/unit-of-work.ts'
import { writeToken } from '../administration/write-token.ts'
import type { ManagedToken } from '../ports/token-store.ts'
import type { ManagedUser } from '../ports/user-store.ts'
import { freshForOwner } from './fresh-for-owner.ts'
import { refuseCloudManaged } from './refuse-cloud-managed.ts'

/**
 * Takes a token from its user: its PIN is cleared, its emergency access void, a redistribution that was not used is undone.
 * @throws ApplicationError `TOKEN_NOT_ASSIGNED`, `TOKEN_CLOUD_MANAGED`, `NOT_FOUND`.
 */
export async function unassignToken(
  ports: AdministrationPorts,
  context: AdministrationContext,
  request: { readonly token: string },
): Promise<ManagedToken> {
  return administer(ports, { context, action: 'unassign-token' }, async (unit) => {
    const token = await findToken(unit.tx, request.token)
    const { securityDomainId, record } = token
    await unit.authorise({ permission: 'unassign-token', securityDomainId, onUserId: record.userId })
    refuseCloudManaged(token)
    return takeFromUser(unit, token, await requireOwner(unit.tx, token))
  })
}

/** The taking itself, for use cases that were authorised to do more. */
export async function takeFromUser(unit: Unit, token: ManagedToken, user: ManagedUser): Promise<ManagedToken> {
  return writeToken(unit, token, {
    action: 'unassign-token',
    user,
    changes: {
      record: { userId: null },
      state: freshForOwner,
      details: { assignedAt: null, replacedByTokenId: null },
      ...(token.state.pendingSeed && { seeds: { type: 'drop-pending', at: unit.now } }),
    },
  })
}
