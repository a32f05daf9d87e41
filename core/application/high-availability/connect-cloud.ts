import { START_MARKER } from '@driftlock/domain'
import type { AdministrationContext } from '../administration/administration-context.ts'
import { authoriseAct } from '../administration/authorise-act.ts'
import { administer } from '../administration/unit-of-work.ts'
import { ApplicationError } from '../errors/application-error.ts'
import type { CloudRegistration } from '../ports/cloud-service.ts'
import { GLOBAL_SCOPE } from '../ports/configuration-store.ts'
import type { CloudIdentity, HaConnection, SyncProgress } from '../ports/high-availability-store.ts'
import { settingInForce } from '../settings/setting-in-force.ts'
import { connectionKeysContext, type HaPorts } from './ha-ports.ts'
import { HA_ENABLED, MARKER_TIME_KEY, SYNC_LEASE } from './ha-names.ts'

export interface ConnectCloudRequest {
  /** As the cloud's administrator was shown it: single use, expires. It is a secret: keep it out of logs. */
  readonly registrationCode: string
  /** Where the cloud access service answers, such as `https://cloud.example`. */
  readonly url: string
  /** How this deployment is called there. */
  readonly deploymentName: string
}

/**
 * Connects this deployment to a company at a cloud access service, switches high availability on, and makes the first run
 * a full one. A connection there was is replaced: records of another company go with the end of that run.
 * @throws CloudError; ApplicationError `NOT_AUTHORISED`.
 */
export async function connectCloud(
  ports: HaPorts,
  context: AdministrationContext,
  { registrationCode, url, deploymentName }: ConnectCloudRequest,
): Promise<CloudIdentity> {
  const { read } = ports.administration
  await authoriseAct(read, context, { permission: 'manage-high-availability', securityDomainId: null })
  if ((await read.highAvailability.connection())?.status === 'disconnecting')
    throw new ApplicationError('SYNC_UNDER_WAY', { lease: SYNC_LEASE })
  const timeoutMs = await settingInForce(read, 'ims.trust.via.read_timeout', ports.instanceName)
  const registration = await ports.cloud.register({ baseUrl: url, registrationCode, deploymentName, timeoutMs })
  const identity = identityOf(ports, deploymentName, registration)
  const keysContext = connectionKeysContext(identity.managerId)
  const keys = ports.keys.seal('private-key', keysContext, registration.keys)
  registration.keys.fill(0)
  return administer(ports, { context, action: 'connect-cloud' }, async (unit) => {
    await unit.authorise({ permission: 'manage-high-availability', securityDomainId: null })
    const store = unit.tx.highAvailability
    const before = await store.connection()
    await store.connect({ status: 'connected', identity, keys, progress: freshProgress(before, unit.now) })
    for (const [key, value] of [
      [MARKER_TIME_KEY, '0'],
      [HA_ENABLED, 'true'],
    ] as const)
      await unit.tx.configuration.setSetting({ key, scope: GLOBAL_SCOPE, value, updatedAt: unit.now })
    unit.audit({ action: 'connect-cloud', ...(before && { before: facts(before.identity) }), after: facts(identity) })
    return identity
  })
}

function identityOf({ clock }: HaPorts, deploymentName: string, registration: CloudRegistration): CloudIdentity {
  const { companyId, companyName, haEnabled, cloudKeys } = registration.standing
  const { managerId, baseUrl } = registration
  const now = clock.now()
  return {
    baseUrl,
    companyId,
    companyName,
    managerId,
    deploymentName,
    haEnabled,
    cloudKeys,
    connectedAt: now,
    keysChangedAt: now,
  }
}

/** Generations go on: what an earlier connection brought is not taken for met. */
function freshProgress(before: HaConnection | undefined, now: SyncProgress['nextRunAt']): SyncProgress {
  return {
    marker: START_MARKER,
    generation: before?.progress.generation ?? 0,
    full: null,
    runId: before?.progress.runId ?? null,
    failuresInARow: 0,
    nextRunAt: now,
    lastRunAt: null,
    lastGoodAt: null,
    matchingRule: '',
    unreportedFromDay: before?.progress.unreportedFromDay ?? 0,
  }
}

/** What the audit keeps of a connection. */
export function facts({ baseUrl, companyId, companyName, managerId, deploymentName }: CloudIdentity) {
  return { baseUrl, companyId, companyName, managerId, deploymentName }
}
