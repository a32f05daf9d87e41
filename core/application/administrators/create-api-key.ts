import type { Permission, UnixMs } from '@driftlock/domain'
import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { accessSecretMac } from '../access/access-secret.ts'
import { newSecret } from '../access/new-secret.ts'
import { findUser } from '../administration/find-object.ts'
import { administer } from '../administration/unit-of-work.ts'
import { ApplicationError } from '../errors/application-error.ts'
import type { ApiKey } from '../ports/access-store.ts'
import { uniqueId } from '../unique-id.ts'

export interface CreateApiKeyRequest {
  readonly name: string
  /** The administrator the key acts for. */
  readonly user: string
  /** Empty = everything that administrator may. */
  readonly permissions: readonly Permission[]
  /** null = no end. */
  readonly expiresAt: UnixMs | null
}

/** `apiKey`: the id and the secret, `ID.SECRET`; shown once, keep it out of logs. */
export interface NewApiKey {
  readonly id: string
  readonly apiKey: string
}

/** Makes an API key; only a keyed hash of its secret is kept. @throws ApplicationError `INVALID_INPUT`, `NOT_FOUND`. */
export async function createApiKey(
  ports: AdministrationPorts,
  context: AdministrationContext,
  request: CreateApiKeyRequest,
): Promise<NewApiKey> {
  const { name, permissions, expiresAt } = request
  return administer(ports, { context, action: 'create-api-key' }, async (unit) => {
    const user = await findUser(unit.tx, request.user)
    const userId = user.user.id
    await unit.authorise({ permission: 'create-api-key', securityDomainId: null, onUserId: userId })
    if ((await unit.tx.access.administrator(userId)) === undefined)
      throw new ApplicationError('NOT_FOUND', { type: 'administrator', id: user.user.username })
    if (name.trim() === '' || name.length > 128)
      throw new ApplicationError('INVALID_INPUT', { field: 'name', faults: ['enter 1 to 128 characters.'] })
    if (expiresAt !== null && expiresAt <= unit.now)
      throw new ApplicationError('INVALID_INPUT', { field: 'expiresAt', faults: ['choose a later date.'] })
    const id = uniqueId(ports)
    const secret = newSecret(ports.random)
    const key: ApiKey = {
      id,
      name,
      userId,
      secretMac: accessSecretMac({ use: 'api-key', secret }, ports.keys.pinKeys()),
      permissions,
      createdAt: unit.now,
      expiresAt,
      lastUsedAt: null,
      revokedAt: null,
    }
    await unit.tx.access.insertApiKey(key)
    unit.audit({ action: 'create-api-key', user, after: { id, name, permissions, expiresAt } })
    return { id, apiKey: `${id}.${secret}` }
  })
}
