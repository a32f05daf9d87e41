import { addMs, MS_PER_DAY, type UnixMs } from '@driftlock/domain'
import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { accessSecretMac } from '../access/access-secret.ts'
import { newSecret } from '../access/new-secret.ts'
import { findUser } from '../administration/find-object.ts'
import { administer } from '../administration/unit-of-work.ts'

/** How long a set-up code lasts. */
const SETUP_CODE_LIFETIME_MS = 3 * MS_PER_DAY

/** A one-time code for the first log-on, shown once; keep it out of logs. */
export interface SetupCode {
  readonly userId: string
  readonly setupCode: string
  readonly expiresAt: UnixMs
}

/**
 * Makes a user an administrator, without any role yet, or gives an administrator a new set-up code for setting a password.
 * @throws ApplicationError `NOT_FOUND`.
 */
export async function makeAdministrator(
  ports: AdministrationPorts,
  context: AdministrationContext,
  request: { readonly user: string },
): Promise<SetupCode> {
  return administer(ports, { context, action: 'create-administrator' }, async (unit) => {
    const user = await findUser(unit.tx, request.user)
    const { id: userId, securityDomainId } = user.user
    await unit.authorise({ permission: 'create-administrator', securityDomainId, onUserId: userId })
    const setupCode = newSecret(ports.random).slice(0, 24)
    const setup = {
      setupCodeMac: accessSecretMac({ use: 'set-up-code', secret: setupCode }, ports.keys.pinKeys()),
      setupCodeExpiresAt: addMs(unit.now, SETUP_CODE_LIFETIME_MS),
    }
    const { access } = unit.tx
    const before = await access.administrator(userId)
    if (before === undefined) {
      const fresh = { userId, enabled: true, createdAt: unit.now, lastLogOnAt: null, version: 1 }
      await access.insertAdministrator({ ...fresh, ...setup })
    } else {
      await access.updateAdministrator({ ...before, ...setup })
    }
    unit.audit({ action: 'create-administrator', user, after: { setupCodeExpiresAt: setup.setupCodeExpiresAt } })
    return { userId, setupCode, expiresAt: setup.setupCodeExpiresAt }
  })
}
