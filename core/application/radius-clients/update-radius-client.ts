import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { changedFacts } from '../administration/changed-facts.ts'
import { requireSecurityDomain } from '../administration/find-object.ts'
import { administer, type Unit } from '../administration/unit-of-work.ts'
import { ApplicationError } from '../errors/application-error.ts'
import type { RadiusClient } from '../ports/client-store.ts'
import { utf8Of } from '../text-bytes.ts'
import {
  radiusClientFacts,
  radiusSecretContext,
  requireSoundClient,
  type ShownRadiusClient,
} from './radius-client-facts.ts'

export interface UpdateRadiusClientRequest
  extends Partial<
    Pick<
      RadiusClient,
      | 'name'
      | 'network'
      | 'requireMessageAuthenticator'
      | 'transport'
      | 'securityDomainId'
      | 'enabled'
      | 'profile'
      | 'notes'
    >
  > {
  readonly id: string
  readonly version?: number
  /** A new shared secret. */
  readonly secret?: string
}

/** Changes a RADIUS client; instances take it up at once. @throws ApplicationError `CHANGED_MEANWHILE`, `INVALID_INPUT`, `NOT_FOUND`. */
export async function updateRadiusClient(
  ports: AdministrationPorts,
  context: AdministrationContext,
  request: UpdateRadiusClientRequest,
): Promise<ShownRadiusClient> {
  const { id, version, secret, ...changes } = request
  const permission = 'update-radius-client'
  return administer(ports, { context, action: permission }, async (unit) => {
    const before = await findClient(unit, id)
    await unit.authorise({ permission, securityDomainId: before.securityDomainId })
    if (changes.securityDomainId !== undefined) {
      await requireSecurityDomain(unit.tx, changes.securityDomainId)
      await unit.authorise({ permission, securityDomainId: changes.securityDomainId })
    }
    if (version !== undefined && version !== before.version)
      throw new ApplicationError('CHANGED_MEANWHILE', { type: 'radius-client', id: before.name })
    const { secret: kept, ...after } = { ...before, ...changes }
    requireSoundClient(after, secret)
    const sealed =
      secret === undefined ? kept : ports.keys.seal('radius-secret', radiusSecretContext(id), utf8Of(secret))
    await unit.tx.clients.updateRadiusClient({ ...after, secret: sealed })
    const renewed = secret === undefined ? {} : { secret: 'renewed' }
    const facts = changedFacts(radiusClientFacts(before), { ...radiusClientFacts(after), ...renewed })
    unit.audit({ action: permission, securityDomainId: after.securityDomainId, ...facts })
    return { ...after, version: before.version + 1 }
  })
}

/** Deletes a RADIUS client: its requests are dropped from then on. @throws ApplicationError `NOT_FOUND`. */
export async function deleteRadiusClient(
  ports: AdministrationPorts,
  context: AdministrationContext,
  request: { readonly id: string },
): Promise<void> {
  return administer(ports, { context, action: 'delete-radius-client' }, async (unit) => {
    const client = await findClient(unit, request.id)
    const { securityDomainId } = client
    await unit.authorise({ permission: 'delete-radius-client', securityDomainId })
    await unit.tx.clients.removeRadiusClient(client.id)
    unit.audit({ action: 'delete-radius-client', securityDomainId, before: radiusClientFacts(client) })
  })
}

async function findClient({ tx: { clients } }: Unit, id: string): Promise<RadiusClient> {
  const client = await clients.radiusClient(id)
  if (client === undefined) throw new ApplicationError('NOT_FOUND', { type: 'radius-client', id })
  return client
}
