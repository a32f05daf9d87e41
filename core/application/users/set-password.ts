import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { findUser } from '../administration/find-object.ts'
import { administer } from '../administration/unit-of-work.ts'
import { ApplicationError } from '../errors/application-error.ts'
import type { PasswordHasher } from '../ports/password-hasher.ts'

export interface SetPasswordRequest {
  readonly user: string
  /** null = no password any more. */
  readonly password: string | null
  /** The user must choose another one at the next log-on. */
  readonly mustChange: boolean
}

const MIN_LENGTH = 12
const MAX_LENGTH = 256

/** Sets the password of a user for the consoles and ends their sessions. @throws ApplicationError `INVALID_INPUT`, `NOT_FOUND`. */
export async function setPassword(
  ports: AdministrationPorts & { readonly passwords: PasswordHasher },
  context: AdministrationContext,
  request: SetPasswordRequest,
): Promise<void> {
  const { password, mustChange } = request
  if (password !== null) requireSoundPassword(password)
  const hash = password === null ? null : await ports.passwords.hash(password)
  return administer(ports, { context, action: 'update-user' }, async (unit) => {
    const user = await findUser(unit.tx, request.user)
    const { id, securityDomainId } = user.user
    await unit.authorise({ permission: 'update-user', securityDomainId, onUserId: id })
    await unit.tx.users.setPassword(id, hash === null ? null : { hash, changedAt: unit.now, mustChange })
    await unit.tx.access.removeSessionsOf(id)
    unit.audit({ action: 'update-user', user, after: { password: hash === null ? 'removed' : 'set', mustChange } })
  })
}

/** Length is what counts; there are no rules on characters (NIST SP 800-63B §3.1.1). @throws ApplicationError `INVALID_INPUT`. */
export function requireSoundPassword(password: string): void {
  if (password.length >= MIN_LENGTH && password.length <= MAX_LENGTH) return
  const faults = [`enter ${MIN_LENGTH} to ${MAX_LENGTH} characters.`]
  throw new ApplicationError('INVALID_INPUT', { field: 'password', faults })
}
