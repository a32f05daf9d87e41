import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { changedFacts } from '../administration/changed-facts.ts'
import { findUser, requireSecurityDomain } from '../administration/find-object.ts'
import { administer, type Unit } from '../administration/unit-of-work.ts'
import { ApplicationError } from '../errors/application-error.ts'
import type { ManagedUser } from '../ports/user-store.ts'
import { userFacts } from './user-facts.ts'
import { soundDetails, soundUsername, type UserDetails } from './user-input.ts'

export interface UpdateUserRequest extends UserDetails {
  /** Id, user id or alias. */
  readonly user: string
  /** The version that was shown; absent = whatever it is now. */
  readonly version?: number
  /** A new user ID. */
  readonly username?: string
  /** A move, which needs the right there as well. */
  readonly securityDomainId?: string
}

/**
 * Changes a user; what is left out stays. Enabling and disabling alone needs the permission `enable-user` only.
 * @throws ApplicationError `CHANGED_MEANWHILE`, `ALREADY_EXISTS`, `INVALID_INPUT`, `NOT_FOUND`.
 */
export async function updateUser(
  ports: AdministrationPorts,
  context: AdministrationContext,
  request: UpdateUserRequest,
): Promise<ManagedUser> {
  return administer(ports, { context, action: 'update-user' }, async (unit) => {
    const before = await findUser(unit.tx, request.user)
    await authoriseUpdate(unit, before, request)
    if (request.version !== undefined && request.version !== before.user.version)
      throw new ApplicationError('CHANGED_MEANWHILE', { type: 'user', id: before.user.username })
    const after = changed(before, request, unit)
    await unit.tx.users.update(after)
    unit.audit({ action: 'update-user', user: after, ...changedFacts(userFacts(before), userFacts(after)) })
    return { ...after, user: { ...after.user, version: before.user.version + 1 } }
  })
}

async function authoriseUpdate(unit: Unit, { user }: ManagedUser, request: UpdateUserRequest): Promise<void> {
  const { user: _name, version: _version, enabled, securityDomainId, ...rest } = request
  const onUserId = user.id
  if (enabled !== undefined)
    await unit.authorise({ permission: 'enable-user', securityDomainId: user.securityDomainId, onUserId })
  if (enabled === undefined || securityDomainId !== undefined || Object.keys(rest).length > 0)
    await unit.authorise({ permission: 'update-user', securityDomainId: user.securityDomainId, onUserId })
  if (securityDomainId === undefined) return
  await requireSecurityDomain(unit.tx, securityDomainId)
  await unit.authorise({ permission: 'update-user', securityDomainId })
}

function changed(before: ManagedUser, request: UpdateUserRequest, { now }: Unit): ManagedUser {
  const { user: _name, version: _version, username, securityDomainId, ...given } = request
  const { enabled, startsAt, expiresAt, ...contact } = soundDetails(given)
  return {
    ...before,
    ...contact,
    updatedAt: now,
    user: {
      ...before.user,
      ...(username !== undefined && { username: soundUsername(username) }),
      ...(securityDomainId !== undefined && { securityDomainId }),
      ...(enabled !== undefined && { enabled }),
      ...(startsAt !== undefined && { startsAt }),
      ...(expiresAt !== undefined && { expiresAt }),
    },
  }
}
