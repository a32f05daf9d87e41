import {
  chooseSecondFactor,
  createCloudAdministrator,
  createCompany,
  createSource,
  dropSecondFactor,
  logOffCloudAdministrator,
  logOnCloudAdministrator,
  removeCloudAdministrator,
  requireCompany,
  requireService,
  updateCompany,
  useCloudSetUpCode,
} from '@driftlock/application'
import { text } from '@driftlock/contracts'
import { AddressBudget, ApiError, type HttpModule, takeEmptyBodies } from '@driftlock/http'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Cloud } from '../instance/open-cloud.ts'
import { answerCloudProblems } from '../serve/cloud-refusal.ts'
import { readInput } from '../serve/read-input.ts'
import { admitAdministrator } from './administrator-door.ts'
import { connectionRoutes } from './connection-routes.ts'
import { userRoutes } from './user-routes.ts'
import { type AdminApiOptions, type CompanyParams, given, originOf } from './exchange.ts'
import { administratorView, companyView, statusView } from './views.ts'

const ADMIN_PATH = '/cloud/v1/admin'

/** Administration for programs: JSON, a session's secret as bearer token. The console does the same through forms. */
export function adminApi(cloud: Cloud, options: AdminApiOptions): HttpModule {
  return {
    name: 'cloud-admin-api',
    async register(app) {
      answerCloudProblems(app)
      await app.register(
        async (scope) => {
          takeEmptyBodies(scope)
          sessionRoutes(scope, cloud, options)
          companyRoutes(scope, cloud)
          administratorRoutes(scope, cloud)
          userRoutes(scope, cloud, options)
          connectionRoutes(scope, cloud)
        },
        { prefix: ADMIN_PATH },
      )
    },
  }
}

const setUp = z.object({ name: text(255), setUpCode: text(64), password: text(256) })
const logOn = z.object({ name: text(255), password: text(256), tokencode: text(16).default('') })
const secondFactor = z.object({ company: text(63), userName: text(255), tokencode: text(16) })

function sessionRoutes(app: FastifyInstance, cloud: Cloud, { logOnsPerAddressAndMinute }: AdminApiOptions): void {
  const budget = new AddressBudget({ perMinute: logOnsPerAddressAndMinute, clock: cloud.clock })
  const spend = ({ ip }: FastifyRequest): void => {
    if (budget.isSpent(ip)) throw new ApiError('TOO_MANY_REQUESTS', { retryAfterSeconds: 60 })
    budget.spend(ip)
  }
  app.post('/set-up', async (request, reply) => {
    spend(request)
    await useCloudSetUpCode(cloud, originOf(request), readInput(setUp, request.body))
    return reply.code(204).send()
  })
  app.post('/sessions', async (request, reply) => {
    spend(request)
    const logged = await logOnCloudAdministrator(cloud, originOf(request), readInput(logOn, request.body))
    if (logged === undefined) throw new ApiError('LOG_ON_FAILED')
    return reply.code(201).send({ token: logged.secret, administrator: administratorView(logged.administrator) })
  })
  app.put('/sessions/current/second-factor', async (request, reply) => {
    const { context, administrator } = await admitAdministrator(cloud, request)
    spend(request)
    const choice = readInput(secondFactor, request.body)
    await chooseSecondFactor(cloud, context, { administratorId: administrator.id, ...choice })
    return reply.code(204).send()
  })
  app.delete('/sessions/current/second-factor', async (request, reply) => {
    const { context, administrator } = await admitAdministrator(cloud, request)
    spend(request)
    const { tokencode } = readInput(secondFactor.pick({ tokencode: true }), request.body)
    await dropSecondFactor(cloud, context, { administrator, tokencode })
    return reply.code(204).send()
  })
  app.delete('/sessions/current', async (request, reply) => {
    const { secret } = await admitAdministrator(cloud, request)
    await logOffCloudAdministrator(cloud, originOf(request), secret)
    return reply.code(204).send()
  })
}

const newCompany = z.object({ name: text(63), displayName: text(255).default('') })
const companyChange = z.object({ displayName: text(255).optional(), haEnabled: z.boolean().optional() })
const named = z.object({ name: text(255).min(1) })
const newAdministrator = named.extend({ companyId: text(64).nullable() })

function companyRoutes(app: FastifyInstance, cloud: Cloud): void {
  const { read } = cloud.cloud
  app.get('/companies', async (request, reply) => {
    const { context } = await admitAdministrator(cloud, request)
    const { authority } = context
    const all = await read.companies()
    const own = all.filter(({ id }) => authority.type === 'service' || id === authority.companyId)
    return reply.send({ items: own.map(companyView) })
  })
  app.post('/companies', async (request, reply) => {
    const { context } = await admitAdministrator(cloud, request)
    return reply.code(201).send(companyView(await createCompany(cloud, context, readInput(newCompany, request.body))))
  })
  app.get<{ Params: CompanyParams }>('/companies/:companyId', async (request, reply) => {
    const { context } = await admitAdministrator(cloud, request)
    const company = await requireCompany(read, context, request.params.companyId)
    return reply.send(statusView(company, await read.counts(company.id), await read.managers(company.id)))
  })
  app.patch<{ Params: CompanyParams }>('/companies/:companyId', async (request, reply) => {
    const { context } = await admitAdministrator(cloud, request)
    const { companyId } = request.params
    const changes = given(readInput(companyChange, request.body))
    return reply.send(companyView(await updateCompany(cloud, context, { companyId, ...changes })))
  })
  app.get<{ Params: CompanyParams }>('/companies/:companyId/sources', async (request, reply) => {
    const { context } = await admitAdministrator(cloud, request)
    const company = await requireCompany(read, context, request.params.companyId)
    return reply.send({ items: await read.sources(company.id) })
  })
  app.post<{ Params: CompanyParams }>('/companies/:companyId/sources', async (request, reply) => {
    const { context } = await admitAdministrator(cloud, request)
    const { companyId } = request.params
    const { name } = readInput(named, request.body)
    return reply.code(201).send(await createSource(cloud, context, { companyId, name }))
  })
}

function administratorRoutes(app: FastifyInstance, cloud: Cloud): void {
  const { read } = cloud.cloud
  app.get('/administrators', async (request, reply) => {
    const { context } = await admitAdministrator(cloud, request)
    const { authority } = context
    if (authority.type === 'company')
      return reply.send({ items: (await read.administrators(authority.companyId)).map(administratorView) })
    requireService(context)
    const companies = await read.companies()
    const lists = await Promise.all([null, ...companies.map(({ id }) => id)].map((id) => read.administrators(id)))
    return reply.send({ items: lists.flat().map(administratorView) })
  })
  app.post('/administrators', async (request, reply) => {
    const { context } = await admitAdministrator(cloud, request)
    const made = await createCloudAdministrator(cloud, context, readInput(newAdministrator, request.body))
    return reply.code(201).send({ administrator: administratorView(made.administrator), setUpCode: made.setUpCode })
  })
  app.delete<{ Params: { readonly id: string } }>('/administrators/:id', async (request, reply) => {
    const { context } = await admitAdministrator(cloud, request)
    await removeCloudAdministrator(cloud, context, request.params.id)
    return reply.code(204).send()
  })
}
