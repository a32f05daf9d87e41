import cookie from '@fastify/cookie'
import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { fastifyZodOpenApiPlugin, fastifyZodOpenApiTransformers, validatorCompiler } from 'fastify-zod-openapi'
import { answerSerializer } from '../api/answer-serializer.ts'
import { takeEmptyBodies } from '../api/empty-bodies.ts'
import { registerRoutes } from '../api/register-routes.ts'
import { answerProblems, refuseUnknown } from '../api/send-problem.ts'
import type { ApiServices } from '../api/services.ts'
import type { HttpModule } from '../server/http-module.ts'
import { SessionKeeper } from '../sessions/session-keeper.ts'
import { ActivityFeed } from './activity-feed.ts'
import { administrationRoutes } from './administration-routes.ts'
import { ImportJobs } from './import-jobs.ts'
import { type ApiDescription, REFERENCE_STYLE, REFERENCE_STYLE_PATH, referencePage } from './reference-page.ts'

/**
 * The administration API under /api/v1, its description at /openapi.json (OpenAPI 3.1) and browsable at /api. Everything in
 * it is refused without a session or an API key but log-on.
 */
export function administrationApi(services: ApiServices): HttpModule {
  return { name: 'administration-api', register: (app) => register(app, services) }
}

async function register(app: FastifyInstance, services: ApiServices): Promise<void> {
  const sessions = new SessionKeeper(services)
  const { read } = services.administration
  const onError = (error: unknown) => app.log.error({ err: error }, 'the activity feed could not be read')
  const feed = new ActivityFeed({ read, clock: services.clock, onError })
  app.addHook('onClose', async () => feed.stop())
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(answerSerializer)
  answerProblems(app)
  takeEmptyBodies(app)
  refuseUnknown(app, '/api/v1')
  // Uploads are read as they come in: nothing is buffered here.
  app.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload))
  await app.register(cookie)
  await app.register(fastifyZodOpenApiPlugin)
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'Driftlock administration API', version: '1' } },
    ...fastifyZodOpenApiTransformers,
  })
  const idempotency = { attempts: services.operations.attempts, keys: services.keys, clock: services.clock }
  const routes = administrationRoutes({ ...services, sessions, feed, imports: new ImportJobs(services) })
  registerRoutes(app, Object.values(routes), { sessions, idempotency, console: 'security' })
  describeApi(app)
}

/** The description of the API, for programs and for people. Made when it is first asked for: few instances ever are. */
function describeApi(app: FastifyInstance): void {
  const hidden = { schema: { hide: true } }
  app.get('/openapi.json', hidden, async (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(JSON.stringify(app.swagger())),
  )
  let page: string | undefined
  app.get('/api', hidden, async (_request, reply) => {
    page ??= referencePage(app.swagger() as ApiDescription) // OpenAPI of any version is wider than what the page reads
    return reply.type('text/html; charset=utf-8').send(page)
  })
  app.get('/api/', hidden, (_request, reply) => reply.redirect('/api', 308))
  app.get(REFERENCE_STYLE_PATH, hidden, (_request, reply) =>
    reply.type('text/css; charset=utf-8').send(REFERENCE_STYLE),
  )
}
