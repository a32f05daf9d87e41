import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { requireSecurityDomain } from '../administration/find-object.ts'
import { administer } from '../administration/unit-of-work.ts'
import type { RadiusClient } from '../ports/client-store.ts'
import { utf8Of } from '../text-bytes.ts'
import { uniqueId } from '../unique-id.ts'
import {
  radiusClientFacts,
  radiusSecretContext,
  requireSoundClient,
  type ShownRadiusClient,
} from './radius-client-facts.ts'

export interface CreateRadiusClientRequest {
  readonly name: string
  /** An address or a network in CIDR form; unique. */
  readonly network: string
  readonly secret: string
  readonly securityDomainId: string
  /** Absent = required (RFC 3579 §3.2, against forged answers). */
  readonly requireMessageAuthenticator?: boolean
  readonly transport?: RadiusClient['transport']
  readonly profile?: unknown
  readonly notes?: string
}

/** Registers a RADIUS client; its secret is kept sealed. @throws ApplicationError `ALREADY_EXISTS`, `INVALID_INPUT`, `NOT_FOUND`. */
export async function createRadiusClient(
  ports: AdministrationPorts,
  context: AdministrationContext,
  request: CreateRadiusClientRequest,
): Promise<ShownRadiusClient> {
  const { secret, securityDomainId, requireMessageAuthenticator = true, transport = 'udp', notes = '' } = request
  return administer(ports, { context, action: 'create-radius-client' }, async (unit) => {
    await requireSecurityDomain(unit.tx, securityDomainId)
    await unit.authorise({ permission: 'create-radius-client', securityDomainId })
    const client: ShownRadiusClient = {
      id: uniqueId(ports),
      name: request.name,
      network: request.network,
      requireMessageAuthenticator,
      transport,
      securityDomainId,
      enabled: true,
      profile: request.profile ?? {},
      notes,
      createdAt: unit.now,
      lastSeenAt: null,
      version: 1,
    }
    requireSoundClient(client, secret)
    const sealed = ports.keys.seal('radius-secret', radiusSecretContext(client.id), utf8Of(secret))
    await unit.tx.clients.insertRadiusClient({ ...client, secret: sealed })
    unit.audit({ action: 'create-radius-client', securityDomainId, after: radiusClientFacts(client) })
    return client
  })
}
