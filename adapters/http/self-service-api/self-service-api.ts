import cookie from '@fastify/cookie'
import type { selfServiceEndpoints } from '@driftlock/contracts'
import type { FastifyInstance } from 'fastify'
import { fastifyZodOpenApiPlugin, validatorCompiler } from 'fastify-zod-openapi'
import { answerSerializer } from '../api/answer-serializer.ts'
import { takeEmptyBodies } from '../api/empty-bodies.ts'
import { registerRoutes } from '../api/register-routes.ts'
import type { RoutesOf } from '../api/route.ts'
import { answerProblems, refuseUnknown } from '../api/send-problem.ts'
import type { ApiServices } from '../api/services.ts'
import type { HttpModule } from '../server/http-module.ts'
import { SessionKeeper } from '../sessions/session-keeper.ts'
import { entryRoutes, type EntryServices } from './entry-routes.ts'
import { myTokenRoutes } from './my-token-routes.ts'

/** The API of the Self-Service Console under /api/v1/self-service: its user's own tokens and nothing else. */
export function selfServiceApi(services: ApiServices): HttpModule {
  return { name: 'self-service-api', register: (app) => register(app, services) }
}

/** Every endpoint of the contract with what does it; one that is forgotten does not compile. */
function selfServiceRoutes(services: EntryServices): RoutesOf<typeof selfServiceEndpoints> {
  return { ...entryRoutes(services), ...myTokenRoutes(services) }
}

async function register(app: FastifyInstance, services: ApiServices): Promise<void> {
  const sessions = new SessionKeeper(services)
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(answerSerializer)
  answerProblems(app)
  takeEmptyBodies(app)
  refuseUnknown(app, '/api/v1/self-service')
  await app.register(cookie)
  await app.register(fastifyZodOpenApiPlugin)
  const idempotency = { attempts: services.operations.attempts, keys: services.keys, clock: services.clock }
  const routes = selfServiceRoutes({ ...services, sessions })
  registerRoutes(app, Object.values(routes), { sessions, idempotency, console: 'self-service' })
}
