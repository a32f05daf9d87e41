import {
  authenticateAppUser,
  beginAppRegistration,
  type LoginResult,
  proveAppRegistration,
} from '@driftlock/application'
import { type AppRegistration, appCalls, CLOUD_LIMITS } from '@driftlock/contracts'
import { AddressBudget, ApiError, type CloudMetrics, type HttpModule } from '@driftlock/http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Cloud } from '../instance/open-cloud.ts'
import { answerCloudProblems, CloudRefusal } from '../serve/cloud-refusal.ts'
import { jsonBody, keepBodiesRaw } from '../serve/json-body.ts'
import { readInput } from '../serve/read-input.ts'

const APP_ACTOR = { type: 'agent', id: 'app', name: 'Authenticator app' } as const

/** What authenticator apps ask for: not signed, and throttled by address beside every lockout. */
export function appApi(
  cloud: Cloud,
  {
    attemptsPerAddressAndMinute,
    metrics,
  }: { readonly attemptsPerAddressAndMinute: number; readonly metrics: CloudMetrics },
): HttpModule {
  return {
    name: 'app-api',
    register(app) {
      keepBodiesRaw(app, CLOUD_LIMITS.bodyBytes)
      answerCloudProblems(app)
      const budget = new AddressBudget({ perMinute: attemptsPerAddressAndMinute, clock: cloud.clock })
      app.addHook('preHandler', async ({ ip }) => {
        if (budget.isSpent(ip)) throw new ApiError('TOO_MANY_REQUESTS', { retryAfterSeconds: 60 })
        budget.spend(ip)
      })
      registrationRoutes(app, cloud)
      logOnRoute(app, { cloud, metrics })
    },
  }
}

function registrationRoutes(app: FastifyInstance, cloud: Cloud): void {
  app.post(appCalls.beginRegistration.path, async (request, reply) => {
    const { registrationCode: code, publicName } = readInput(appCalls.beginRegistration.body, jsonBody(request))
    const begun = await beginAppRegistration(cloud, { code, publicName })
    if (begun === undefined) throw new CloudRefusal('REGISTRATION_CODE_REFUSED')
    const { device, company, seed } = begun
    const answer: AppRegistration = {
      registrationId: device.id,
      companyName: company.displayName,
      serial: device.serial,
      seed: Buffer.from(seed).toString('base64url'),
      algorithm: device.algorithm as AppRegistration['algorithm'], // new apps have no other
      digits: device.digits,
      intervalSeconds: device.intervalSeconds,
      proofUntilMs: device.proofUntil ?? cloud.clock.now(),
    }
    seed.fill(0)
    return reply.code(200).send(answer)
  })
  app.post(colonPath(appCalls.proveRegistration.path), async (request, reply) => {
    const { registrationId } = request.params as { registrationId: string } // named in the path
    const { tokencode } = readInput(appCalls.proveRegistration.body, jsonBody(request))
    const proof = await proveAppRegistration(cloud, contextOf(request), { registrationId, tokencode })
    switch (proof.outcome) {
      case 'registered':
        return reply.send({ serial: proof.serial, replacedSerial: proof.replacedSerial })
      case 'refused':
        throw new CloudRefusal('PROOF_REFUSED')
      case 'expired':
        throw new CloudRefusal('REGISTRATION_EXPIRED')
    }
  })
}

function logOnRoute(
  app: FastifyInstance,
  { cloud, metrics }: { readonly cloud: Cloud; readonly metrics: CloudMetrics },
): void {
  app.post(appCalls.authenticate.path, async (request, reply): Promise<FastifyReply> => {
    const { company, userName, tokencode, challenge } = readInput(appCalls.authenticate.body, jsonBody(request))
    const result = await authenticateAppUser(cloud, {
      company,
      userName,
      tokencode,
      origin: contextOf(request),
      ...(challenge !== undefined && { sealedChallenge: challenge }),
    })
    const answer = neutral(result)
    metrics.judged('app', answer.outcome)
    return reply.send(answer)
  })
}

/** Why it was refused stands in the audit log alone. */
function neutral(result: LoginResult) {
  switch (result.outcome) {
    case 'accept':
      return { outcome: 'accepted' }
    case 'reject':
      return { outcome: 'rejected' }
    case 'challenge':
      return { outcome: 'next-tokencode', challenge: result.sealedChallenge }
  }
}

function contextOf(request: FastifyRequest) {
  return { actor: APP_ACTOR, clientAddress: request.ip, requestId: request.id }
}

/** `{name}` as Fastify spells it. */
export function colonPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1')
}
