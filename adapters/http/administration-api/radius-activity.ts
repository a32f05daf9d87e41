import { type AdministrationContext, viewRadiusActivity } from '@driftlock/application'
import type { ApiServices } from '../api/services.ts'

/** Counters of the clients the caller may see, of all instances; suspicions are those of this one. */
export async function radiusActivity(services: ApiServices, context: AdministrationContext) {
  const watch = services.radiusWatch?.()
  const own = watch && { instanceName: services.instance.name, counts: watch.counts() }
  const { clients, unknown } = await viewRadiusActivity(services, context, own)
  return {
    servedHere: watch !== undefined,
    clients: clients.map((client) => ({
      ...client,
      wrongSecretSuspected: watch?.suspectsWrongSecret(client.id) ?? false,
    })),
    unknown: [...unknown],
  }
}
