import { NO_GUESSES } from '@driftlock/domain'
import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { requireSecurityDomain } from '../administration/find-object.ts'
import { administer } from '../administration/unit-of-work.ts'
import { INTERNAL_IDENTITY_SOURCE_ID } from '../ports/security-domain-store.ts'
import type { ManagedUser } from '../ports/user-store.ts'
import { uniqueId } from '../unique-id.ts'
import { userFacts } from './user-facts.ts'
import { soundDetails, soundUsername, type UserDetails } from './user-input.ts'

export interface CreateUserRequest extends UserDetails {
  /** User ID; unique in the deployment together with all aliases, without regard to case. */
  readonly username: string
  readonly securityDomainId: string
}

/** Creates a user in the internal identity source. @throws ApplicationError `ALREADY_EXISTS`, `INVALID_INPUT`, `NOT_FOUND`. */
export async function createUser(
  ports: AdministrationPorts,
  context: AdministrationContext,
  request: CreateUserRequest,
): Promise<ManagedUser> {
  const { username, securityDomainId, ...details } = request
  return administer(ports, { context, action: 'create-user' }, async (unit) => {
    await requireSecurityDomain(unit.tx, securityDomainId)
    await unit.authorise({ permission: 'create-user', securityDomainId })
    const { enabled = true, startsAt = null, expiresAt = null, ...contact } = soundDetails(details)
    const user: ManagedUser = {
      user: {
        id: uniqueId(ports),
        username: soundUsername(username),
        securityDomainId,
        enabled,
        startsAt,
        expiresAt,
        version: 1,
        guesses: NO_GUESSES,
      },
      identitySourceId: INTERNAL_IDENTITY_SOURCE_ID,
      aliases: [],
      firstName: '',
      lastName: '',
      email: '',
      phone: '',
      notes: '',
      ...contact,
      createdAt: unit.now,
      updatedAt: unit.now,
    }
    await unit.tx.users.insert(user)
    unit.audit({ action: 'create-user', user, after: userFacts(user) })
    return user
  })
}
