import {
  ApplicationError,
  authoriseAct,
  createRadiusClient,
  deleteRadiusClient,
  listRadiusClients,
  readRadiusProfile,
  type ShownRadiusClient,
  updateRadiusClient,
} from '@driftlock/application'
import { type RadiusClient, radiusClientEndpoints as r } from '@driftlock/contracts'
import { requireSame } from '../api/precondition.ts'
import { type Call, route, type RoutesOf } from '../api/route.ts'
import type { ApiServices } from '../api/services.ts'
import { defined } from '../views/defined.ts'
import { profileWith, secretWarnings, shownProfile } from '../views/radius-profile-view.ts'
import { type Names, namesFor } from '../views/references.ts'
import { pageRequest } from './client-routes.ts'
import { radiusActivity } from './radius-activity.ts'
import { testRadiusClient } from './test-radius-client.ts'

/** RADIUS clients; their secrets only ever go in. */
export function radiusClientRoutes(services: ApiServices): RoutesOf<typeof r> {
  const { read } = services.administration
  const shown = async (client: ShownRadiusClient, secret?: string) => ({
    ...radiusClientView(client, await namesFor(read, [])),
    warnings: secretWarnings(secret),
  })
  const found = async (id: string) => {
    const client = await read.clients.radiusClient(id)
    if (client === undefined) throw new ApplicationError('NOT_FOUND', { type: 'radius-client', id })
    return client
  }
  const visible = async ({ params, context }: Pick<Call<typeof r.getRadiusClient>, 'params' | 'context'>) => {
    const client = await found(params.radiusClientId)
    const { securityDomainId } = client
    await authoriseAct(read, context, { permission: 'view-radius-clients', securityDomainId })
    return client
  }
  return {
    listRadiusClients: route(r.listRadiusClients, async ({ query, context }) => {
      const page = await listRadiusClients(services, context, pageRequest(query))
      const names = await namesFor(read, [])
      return { ...page, items: page.items.map((one) => radiusClientView(one, names)) }
    }),
    getRadiusClient: route(r.getRadiusClient, async (call) => shown(await visible(call))),
    createRadiusClient: route(r.createRadiusClient, async ({ body, context }) => {
      const { name, network, secret, securityDomainId, profile = {}, ...rest } = body
      const request = { name, network, secret, securityDomainId, ...defined(rest), profile: profileWith({}, profile) }
      return shown(await createRadiusClient(services, context, request), secret)
    }),
    updateRadiusClient: route(r.updateRadiusClient, async ({ params, body, version, context }) => {
      const { profile, ...rest } = body
      const before = profile && (await found(params.radiusClientId)).profile
      const request = {
        id: params.radiusClientId,
        ...defined({ ...rest, version }),
        ...(profile !== undefined && { profile: profileWith(before, profile) }),
      }
      return shown(await updateRadiusClient(services, context, request), body.secret)
    }),
    viewRadiusActivity: route(r.viewRadiusActivity, async ({ context }) => radiusActivity(services, context)),
    testRadiusClient: route(r.testRadiusClient, async (call) => testRadiusClient(services, await visible(call))),
    deleteRadiusClient: route(r.deleteRadiusClient, async ({ params, version, context }) => {
      requireSame(version, (await found(params.radiusClientId)).version)
      await deleteRadiusClient(services, context, { id: params.radiusClientId })
      return null
    }),
  }
}

function radiusClientView(client: ShownRadiusClient, names: Names): RadiusClient {
  const { id, name, network, requireMessageAuthenticator, transport, enabled, notes, version } = client
  const { securityDomainId, createdAt, lastSeenAt } = client
  const securityDomain = names.domain(securityDomainId)
  const facts = { id, name, network, requireMessageAuthenticator, transport, enabled, notes, version }
  const { hasSentMessageAuthenticator } = readRadiusProfile(client.profile)
  const profile = shownProfile(client.profile)
  return { ...facts, hasSentMessageAuthenticator, securityDomain, profile, warnings: [], createdAt, lastSeenAt }
}
