import cookie from '@fastify/cookie'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { fastifyZodOpenApiPlugin, fastifyZodOpenApiTransformers, validatorCompiler } from 'fastify-zod-openapi'
import { answerSerializer } from '../api/answer-serializer.ts'
import { registerRoutes } from '../api/register-routes.ts'
import { answerProblems } from '../api/send-problem.ts'
import type { ApiServices } from '../api/services.ts'
import type { HttpModule } from '../server/http-module.ts'
import { SessionKeeper } from '../sessions/session-keeper.ts'
import { ActivityFeed } from './activity-feed.ts'
import { administrationRoutes } from './administration-routes.ts'
import { ImportJobs } from './import-jobs.ts'

/** Swagger UI needs its own scripts and styles, and pictures in its style sheet; nothing else, and nothing inline. */
const BROWSER_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'"

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
  // Uploads are read as they come in: nothing is buffered here.
  app.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload))
  await app.register(cookie)
  await app.register(fastifyZodOpenApiPlugin)
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'Driftlock administration API', version: '1' } },
    ...fastifyZodOpenApiTransformers,
  })
  await app.register(swaggerUi, { routePrefix: '/api', staticCSP: BROWSER_POLICY })
  const idempotency = { attempts: services.operations.attempts, keys: services.keys, clock: services.clock }
  const routes = administrationRoutes({ ...services, sessions, feed, imports: new ImportJobs(services) })
  registerRoutes(app, Object.values(routes), { sessions, idempotency, console: 'security' })
  app.get('/openapi.json', { schema: { hide: true } }, async (_request, reply) =>
    reply.send(JSON.stringify(app.swagger())),
  )
}
