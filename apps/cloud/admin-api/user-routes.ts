import {
  createCloudUser,
  deleteCloudUser,
  importCloudUsers,
  offerAppRegistration,
  requireCompany,
  requireOwn,
  revokeApp,
  unlockCloudUser,
  updateCloudUser,
} from '@driftlock/application'
import { id, pageQuery, text } from '@driftlock/contracts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Cloud } from '../instance/open-cloud.ts'
import { readInput } from '../serve/read-input.ts'
import { type AdminApiOptions, type CompanyParams, given } from './exchange.ts'
import { admitAdministrator } from './administrator-door.ts'
import { registrationAddress } from './registration-address.ts'
import { readUserList } from './user-list.ts'
import { deviceView, userView } from './views.ts'

const newUser = z.object({ sourceId: id, attribute: text(255).min(1), displayName: text(255).default('') })
const userChange = z.object({
  attribute: text(255).min(1).optional(),
  displayName: text(255).min(1).optional(),
  enabled: z.boolean().optional(),
})
const userQuery = pageQuery.extend({ text: text(255).optional(), sourceId: id.optional() })
const deviceQuery = pageQuery.extend({
  serial: text(32).optional(),
  userId: id.optional(),
  status: z.enum(['pending', 'active', 'revoked']).optional(),
})
const importQuery = z.object({ sourceId: id })

/** A list of 100,000 users is some megabytes. */
const IMPORT_LIMIT_OCTETS = 16 * 1024 * 1024

interface UserParams extends CompanyParams {
  readonly userId: string
}

/** How the caller reached this server, for codes that lead back to it. */
export function serviceUrl(
  { protocol, host }: FastifyRequest,
  { publicUrl }: Pick<AdminApiOptions, 'publicUrl'>,
): string {
  return publicUrl ?? `${protocol}://${host}`
}

export function userRoutes(app: FastifyInstance, cloud: Cloud, options: AdminApiOptions): void {
  const { read } = cloud.cloud
  app.get<{ Params: CompanyParams }>('/companies/:companyId/users', async (request, reply) => {
    const { context } = await admitAdministrator(cloud, request)
    const { limit, after, ...filter } = readInput(userQuery, request.query)
    const { id: companyId } = await requireCompany(read, context, request.params.companyId)
    const page = await read.users({ companyId, ...given(filter) }, { limit, ...(after !== undefined && { after }) })
    return reply.send({ ...page, items: page.items.map((user) => userView(user, cloud.clock.now())) })
  })
  app.post<{ Params: CompanyParams }>('/companies/:companyId/users', async (request, reply) => {
    const { context } = await admitAdministrator(cloud, request)
    const { companyId } = request.params
    const user = await createCloudUser(cloud, context, { companyId, ...readInput(newUser, request.body) })
    return reply.code(201).send({ id: user.id, attribute: user.attribute, displayName: user.displayName })
  })
  app.get<{ Params: CompanyParams }>('/companies/:companyId/devices', async (request, reply) => {
    const { context } = await admitAdministrator(cloud, request)
    const { limit, after, ...filter } = readInput(deviceQuery, request.query)
    const { id: companyId } = await requireCompany(read, context, request.params.companyId)
    const page = await read.devices({ companyId, ...given(filter) }, { limit, ...(after !== undefined && { after }) })
    return reply.send({ ...page, items: page.items.map(deviceView) })
  })
  app.post<{ Params: { readonly serial: string } }>('/devices/:serial/revoke', async (request, reply) => {
    const { context } = await admitAdministrator(cloud, request)
    await revokeApp(cloud, context, request.params.serial)
    return reply.code(204).send()
  })
  oneUserRoutes(app, cloud, options)
  importRoute(app, cloud)
}

function oneUserRoutes(app: FastifyInstance, cloud: Cloud, options: AdminApiOptions): void {
  const { read } = cloud.cloud
  const path = '/users/:userId'
  app.get<{ Params: UserParams }>(path, async (request, reply) => {
    const { context } = await admitAdministrator(cloud, request)
    const { userId } = request.params
    const user = requireOwn(context, await read.user(userId), { type: 'user', id: userId })
    return reply.send(userView(user, cloud.clock.now()))
  })
  app.patch<{ Params: UserParams }>(path, async (request, reply) => {
    const { context } = await admitAdministrator(cloud, request)
    const { userId } = request.params
    await updateCloudUser(cloud, context, { userId, ...given(readInput(userChange, request.body)) })
    return reply.code(204).send()
  })
  app.delete<{ Params: UserParams }>(path, async (request, reply) => {
    const { context } = await admitAdministrator(cloud, request)
    await deleteCloudUser(cloud, context, request.params.userId)
    return reply.code(204).send()
  })
  app.post<{ Params: UserParams }>(`${path}/unlock`, async (request, reply) => {
    const { context } = await admitAdministrator(cloud, request)
    await unlockCloudUser(cloud, context, request.params.userId)
    return reply.code(204).send()
  })
  app.post<{ Params: UserParams }>(`${path}/app-registrations`, async (request, reply) => {
    const { context } = await admitAdministrator(cloud, request)
    const { code, expiresAt, attribute } = await offerAppRegistration(cloud, context, request.params.userId)
    const address = registrationAddress(serviceUrl(request, options), code)
    return reply.code(201).send({ code, address, expiresAt, userAttribute: attribute })
  })
}

/** A scope of its own: only here is CSV taken, and so much of it. */
function importRoute(app: FastifyInstance, cloud: Cloud): void {
  void app.register(async (scope) => {
    const limits = { parseAs: 'string', bodyLimit: IMPORT_LIMIT_OCTETS } as const
    scope.addContentTypeParser(['text/csv', 'text/plain'], limits, (_request, body, done) => done(null, body))
    scope.post<{ Params: CompanyParams }>(
      '/companies/:companyId/users/import',
      { bodyLimit: IMPORT_LIMIT_OCTETS },
      async (request, reply) => {
        const { context } = await admitAdministrator(cloud, request)
        const { id: companyId } = await requireCompany(cloud.cloud.read, context, request.params.companyId)
        const { sourceId } = readInput(importQuery, request.query)
        const lines = readUserList(typeof request.body === 'string' ? request.body : '')
        return reply.send(await importCloudUsers(cloud, context, { companyId, sourceId, lines }))
      },
    )
  })
}
