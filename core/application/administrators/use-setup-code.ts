import type { AdministrationPorts } from '../administration/administration-ports.ts'
import type { AdministrationContext } from '../administration/administration-context.ts'
import { isAccessSecret } from '../access/access-secret.ts'
import { findUser } from '../administration/find-object.ts'
import { administer } from '../administration/unit-of-work.ts'
import { ApplicationError } from '../errors/application-error.ts'
import type { PasswordHasher } from '../ports/password-hasher.ts'
import { requireSoundPassword } from '../users/set-password.ts'

export interface UseSetupCodeRequest {
  readonly user: string
  readonly setupCode: string
  readonly password: string
}

/**
 * The first log-on of an administrator: the set-up code is spent and the password set. The code is the authorisation; a wrong
 * one and an unknown user give the same answer.
 * @throws ApplicationError `NOT_AUTHORISED`, `INVALID_INPUT` (password).
 */
export async function useSetupCode(
  ports: AdministrationPorts & { readonly passwords: PasswordHasher },
  context: AdministrationContext,
  { user: name, setupCode, password }: UseSetupCodeRequest,
): Promise<{ readonly userId: string }> {
  requireSoundPassword(password)
  const hash = await ports.passwords.hash(password)
  const refusal = () => new ApplicationError('NOT_AUTHORISED', { permission: 'set-up', reason: 'setup-code' })
  return administer(ports, { context, action: 'log-on-administrator' }, async (unit) => {
    const user = await findUser(unit.tx, name).catch((error: unknown) => {
      throw error instanceof ApplicationError ? refusal() : error
    })
    const userId = user.user.id
    const { access, users } = unit.tx
    const administrator = await access.administrator(userId)
    const { setupCodeMac: mac = null, setupCodeExpiresAt: end = null, enabled = false } = administrator ?? {}
    const fits = mac !== null && isAccessSecret({ use: 'set-up-code', secret: setupCode }, mac, ports.keys.pinKeys())
    if (administrator === undefined || !fits || !enabled || end === null || end <= unit.now) throw refusal()
    unit.authoriseBySecret()
    await access.updateAdministrator({ ...administrator, setupCodeMac: null, setupCodeExpiresAt: null })
    await users.setPassword(userId, { hash, changedAt: unit.now, mustChange: false })
    unit.audit({ action: 'log-on-administrator', user, after: { setUp: true } })
    return { userId }
  })
}
