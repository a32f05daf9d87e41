import type { AdministrationContext } from '../administration/administration-context.ts'
import { ApplicationError } from '../errors/application-error.ts'
import { uniqueId } from '../unique-id.ts'
import { requireSoundPassword } from '../users/set-password.ts'
import { checkPassword, type PasswordPorts } from './check-password.ts'
import { countWrongPassword } from './count-wrong-password.ts'

/**
 * Changes the password of the one who asks and ends all their sessions. A wrong present one counts against the lockout.
 * @throws ApplicationError `INVALID_INPUT`.
 */
export async function changeOwnPassword(
  ports: PasswordPorts,
  { actor, clientAddress, requestId }: AdministrationContext,
  request: { readonly username: string; readonly password: string; readonly newPassword: string },
): Promise<void> {
  const { user, good } = await checkPassword(ports, request)
  if (user === undefined || !good) {
    if (user !== undefined) await countWrongPassword(ports, user.user.id)
    throw new ApplicationError('INVALID_INPUT', { field: 'password', faults: ['the present password is wrong.'] })
  }
  requireSoundPassword(request.newPassword)
  const hash = await ports.passwords.hash(request.newPassword)
  const { id: userId, username, securityDomainId } = user.user
  await ports.administration.transaction(async (tx) => {
    const now = ports.clock.now()
    await tx.users.setPassword(userId, { hash, changedAt: now, mustChange: false })
    await tx.access.removeSessionsOf(userId)
    tx.audit({
      id: uniqueId(ports),
      at: now,
      actor,
      action: 'update-user',
      outcome: 'success',
      reason: 'done',
      userId,
      username,
      securityDomainId,
      after: { password: 'changed' },
      ...(clientAddress !== undefined && { clientAddress }),
      ...(requestId !== undefined && { requestId }),
    })
  })
}
