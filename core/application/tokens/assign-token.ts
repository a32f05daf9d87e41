import { isCloudManaged } from '@driftlock/domain'
import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { findToken, findUser } from '../administration/find-object.ts'
import { administer, type Unit } from '../administration/unit-of-work.ts'
import { writeToken } from '../administration/write-token.ts'
import { ApplicationError } from '../errors/application-error.ts'
import type { ManagedToken } from '../ports/token-store.ts'
import type { ManagedUser } from '../ports/user-store.ts'
import { settingInForce } from '../settings/setting-in-force.ts'
import { freshForOwner } from './fresh-for-owner.ts'
import { refuseCloudManaged } from './refuse-cloud-managed.ts'

export interface AssignTokenRequest {
  /** Id or serial. */
  readonly token: string
  /** Id, user id or alias. */
  readonly user: string
  /** Absent = as the token is: imported tokens are enabled. A token that is sent by post is better disabled until it arrives. */
  readonly enabled?: boolean
}

/**
 * Gives an unassigned token to a user, who is in new PIN mode then. The token stays in its security domain. A user may hold
 * `auth_manager.tokens.max_per_user` tokens (three unless set), apps not counted.
 * @throws ApplicationError `TOKEN_ALREADY_ASSIGNED`, `TOKEN_EXPIRED`, `TOO_MANY_TOKENS`, `NOT_FOUND`.
 */
export async function assignToken(
  ports: AdministrationPorts,
  context: AdministrationContext,
  request: AssignTokenRequest,
): Promise<ManagedToken> {
  return administer(ports, { context, action: 'assign-token' }, async (unit) => {
    const token = await findToken(unit.tx, request.token)
    const user = await findUser(unit.tx, request.user)
    await authoriseAssignment(unit, token, user)
    requireAssignable(unit, token)
    await requireRoom(unit, user)
    const enabled = request.enabled ?? token.record.enabled
    return writeToken(unit, token, {
      action: 'assign-token',
      user,
      changes: {
        record: { userId: user.user.id, enabled },
        state: freshForOwner,
        details: { assignedAt: unit.now },
      },
    })
  })
}

/** The right is needed where the token is and where the user is. */
export async function authoriseAssignment(unit: Unit, token: ManagedToken, user: ManagedUser): Promise<void> {
  const permission = 'assign-token'
  await unit.authorise({ permission, securityDomainId: token.securityDomainId })
  await unit.authorise({ permission, securityDomainId: user.user.securityDomainId, onUserId: user.user.id })
}

/** @throws ApplicationError `TOKEN_ALREADY_ASSIGNED`, `TOKEN_EXPIRED`, `TOKEN_CLOUD_MANAGED`. */
export function requireAssignable({ now }: Unit, token: ManagedToken): void {
  refuseCloudManaged(token)
  const { record } = token
  const { serial, userId, expiresAt } = record
  if (userId !== null) throw new ApplicationError('TOKEN_ALREADY_ASSIGNED', { serial })
  if (expiresAt !== null && expiresAt <= now) throw new ApplicationError('TOKEN_EXPIRED', { serial })
}

async function requireRoom({ tx }: Unit, { user }: ManagedUser): Promise<void> {
  const limit = await settingInForce(tx, 'auth_manager.tokens.max_per_user')
  const held = (await tx.tokens.ofUser(user.id)).filter(({ record }) => !isCloudManaged(record))
  if (held.length >= limit) throw new ApplicationError('TOO_MANY_TOKENS', { username: user.username, limit })
}
