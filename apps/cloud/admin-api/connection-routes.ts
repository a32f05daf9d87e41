import {
  type AuditRecord,
  offerManagerRegistration,
  type Page,
  requireCompany,
  requireService,
  revokeManager,
  rotateCloudKey,
} from '@driftlock/application'
import { pageQuery } from '@driftlock/contracts'
import { MS_PER_DAY } from '@driftlock/domain'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Cloud } from '../instance/open-cloud.ts'
import { readInput } from '../serve/read-input.ts'
import type { CompanyParams } from './exchange.ts'
import { admitAdministrator } from './administrator-door.ts'
import { managerView } from './views.ts'

const rotation = z.object({ afterDays: z.number().min(0).max(365).default(7) })

/** Managers, the audit log and the service's own key. */
export function connectionRoutes(app: FastifyInstance, cloud: Cloud): void {
  const { read } = cloud.cloud
  app.get<{ Params: CompanyParams }>('/companies/:companyId/managers', async (request, reply) => {
    const { context } = await admitAdministrator(cloud, request)
    const company = await requireCompany(read, context, request.params.companyId)
    return reply.send({ items: (await read.managers(company.id)).map(managerView) })
  })
  app.post<{ Params: CompanyParams }>('/companies/:companyId/manager-registrations', async (request, reply) => {
    const { context } = await admitAdministrator(cloud, request)
    return reply.code(201).send(await offerManagerRegistration(cloud, context, request.params.companyId))
  })
  app.post<{ Params: { readonly managerId: string } }>('/managers/:managerId/revoke', async (request, reply) => {
    const { context } = await admitAdministrator(cloud, request)
    await revokeManager(cloud, context, request.params.managerId)
    return reply.code(204).send()
  })
  app.get<{ Params: CompanyParams }>('/companies/:companyId/audit', async (request, reply) => {
    const { context } = await admitAdministrator(cloud, request)
    const { limit, after } = readInput(pageQuery, request.query)
    const company = await requireCompany(read, context, request.params.companyId)
    const page = { limit, ...(after !== undefined && { after }) }
    return reply.send(entriesOf(await read.auditLog.search({ securityDomainIds: [company.id] }, page)))
  })
  app.get('/audit', async (request, reply) => {
    const { context } = await admitAdministrator(cloud, request)
    requireService(context)
    const { limit, after } = readInput(pageQuery, request.query)
    return reply.send(entriesOf(await read.auditLog.search({}, { limit, ...(after !== undefined && { after }) })))
  })
  app.post('/keys/rotation', async (request, reply) => {
    const { context } = await admitAdministrator(cloud, request)
    const { afterDays } = readInput(rotation, request.body ?? {})
    const { key, activeFrom } = await rotateCloudKey(cloud, context, { afterMs: afterDays * MS_PER_DAY })
    return reply.code(201).send({ keyId: key.id, signsFrom: activeFrom })
  })
}

function entriesOf({ items, next }: Page<AuditRecord>) {
  return { items: items.map(({ entry }) => entry), ...(next !== undefined && { next }) }
}
