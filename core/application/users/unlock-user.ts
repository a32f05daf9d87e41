import { NO_GUESSES } from '@driftlock/domain'
import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { changedFacts } from '../administration/changed-facts.ts'
import { findUser } from '../administration/find-object.ts'
import { administer } from '../administration/unit-of-work.ts'
import type { ManagedUser } from '../ports/user-store.ts'
import { userFacts } from './user-facts.ts'

/** Ends the lock or the pause of a user and forgets the failures that led to it. @throws ApplicationError `NOT_FOUND`. */
export async function unlockUser(
  ports: AdministrationPorts,
  context: AdministrationContext,
  request: { readonly user: string },
): Promise<ManagedUser> {
  return administer(ports, { context, action: 'unlock-user' }, async (unit) => {
    const before = await findUser(unit.tx, request.user)
    const { id, version, securityDomainId, guesses } = before.user
    await unit.authorise({ permission: 'unlock-user', securityDomainId, onUserId: id })
    await unit.tx.users.updateGuesses(id, version, NO_GUESSES)
    const user = { ...before, user: { ...before.user, guesses: NO_GUESSES, version: version + 1 } }
    const facts = changedFacts(
      { ...userFacts(before), failures: guesses.failedAt.length },
      { ...userFacts(user), failures: 0 },
    )
    unit.audit({ action: 'unlock-user', user, ...facts })
    return user
  })
}
