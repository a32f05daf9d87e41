import {
  type Company,
  type ConnectedManager,
  readFeed,
  readUserRecords,
  registerManager,
  reportSteps,
  rotateManagerKeys,
  verifyAppCode,
} from '@driftlock/application'
import { publicKeyText } from '@driftlock/cloud-keys'
import {
  ANSWER_HEADER,
  CLOUD_LIMITS,
  formatMarker,
  managerCalls,
  parseMarker,
  START_MARKER,
} from '@driftlock/contracts'
import { step } from '@driftlock/domain'
import type { CloudMetrics, HttpModule } from '@driftlock/http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Cloud } from '../instance/open-cloud.ts'
import { answerCloudProblems, CloudRefusal } from '../serve/cloud-refusal.ts'
import { jsonBody, keepBodiesRaw } from '../serve/json-body.ts'
import { readInput } from '../serve/read-input.ts'
import { AnswerSigners } from './answer-signers.ts'
import { admitManager, admitRegistration, sha256Text, signedHeader } from './manager-door.ts'
import { recordView } from './record-view.ts'

interface Serving {
  readonly cloud: Cloud
  readonly metrics: CloudMetrics
  readonly signers: AnswerSigners
}

/** What managers ask for: every request signed by them, every answer by the cloud, refusals included. */
export function managerApi(cloud: Cloud, metrics: CloudMetrics): HttpModule {
  return {
    name: 'manager-api',
    register(app) {
      const signers = new AnswerSigners(cloud)
      keepBodiesRaw(app, CLOUD_LIMITS.bodyBytes)
      answerCloudProblems(app)
      const serving = { cloud, metrics, signers }
      signAnswers(app, serving)
      registrationRoute(app, serving)
      managerRoutes(app, serving)
    },
  }
}

const signWith = new WeakMap<FastifyRequest, string>()

function signAnswers(app: FastifyInstance, { cloud, signers }: Serving): void {
  app.addHook('onSend', async (request, reply, payload) => {
    const header = signedHeader(request)
    if (header === undefined) return payload
    const keyId = signWith.get(request)
    const signer = keyId === undefined ? await signers.current() : await signers.named(keyId)
    const body = typeof payload === 'string' || payload instanceof Uint8Array ? payload : ''
    const iat = Math.floor(cloud.clock.now() / 1000)
    const claims = { requestSha256: sha256Text(header), status: reply.statusCode, bodySha256: sha256Text(body), iat }
    void reply.header(ANSWER_HEADER, await signer.sign(claims))
    return payload
  })
}

type Reading = <S extends z.ZodType>(schema: S) => z.output<S>

function registrationRoute(app: FastifyInstance, { cloud, signers }: Serving): void {
  app.post(managerCalls.register.path, async (request, reply) => {
    const given = readInput(managerCalls.register.body, jsonBody(request))
    // The manager goes by the key that its code names, for a refusal as well.
    signWith.set(request, given.registrationCode.split('.')[1] ?? '')
    const signingKey = await publicKeyText(given.signingKey)
    const sealingKey = await publicKeyText(given.sealingKey)
    await admitRegistration(cloud, request, signingKey)
    const { registrationCode: code, deploymentName } = given
    const keys = { signingKey, sealingKey }
    const registered = await registerManager(cloud, originOf(request), { code, deploymentName, ...keys })
    if (registered === undefined) throw new CloudRefusal('REGISTRATION_CODE_REFUSED')
    const { manager, company } = registered
    return send(reply, { managerId: manager.id, ...(await standingOf({ cloud, signers }, company)) })
  })
}

type Answering = (
  manager: ConnectedManager,
  exchange: { readonly request: FastifyRequest; readonly read: Reading },
) => Promise<unknown>
type Route = (call: (typeof managerCalls)[keyof typeof managerCalls], answer: Answering) => void

function managerRoutes(app: FastifyInstance, serving: Serving): void {
  const { cloud } = serving
  const route: Route = (call, answer) =>
    void app.route({
      method: call.method,
      url: call.path,
      handler: async (request, reply) => {
        const manager = await admitManager(cloud, request)
        const read: Reading = (schema) => readInput(schema, call.method === 'GET' ? request.query : jsonBody(request))
        return send(reply, await answer(manager, { request, read }))
      },
    })
  standingRoutes(route, serving)
  recordRoutes(route, serving)
  codeRoutes(route, serving)
}

function standingRoutes(route: Route, serving: Serving): void {
  const { cloud } = serving
  route(managerCalls.rotateKeys, async ({ id }, { request, read }) => {
    const { signingKey, sealingKey } = read(managerCalls.rotateKeys.body)
    const change = {
      managerId: id,
      signingKey: signingKey && (await publicKeyText(signingKey)),
      sealingKey: sealingKey && (await publicKeyText(sealingKey)),
    }
    return { oldSigningKeyUntilMs: await rotateManagerKeys(cloud, originOf(request), change) }
  })
  route(managerCalls.status, async (manager) => {
    const company = await companyOf(cloud, manager)
    const { activeApps, latest } = await cloud.cloud.read.counts(company.id)
    const latestMarker = latest === undefined ? START_MARKER : formatMarker(latest)
    return { ...(await standingOf(serving, company)), recordCount: activeApps, latestMarker }
  })
}

function recordRoutes(route: Route, { cloud, metrics }: Serving): void {
  route(managerCalls.feed, async (manager, { read }) => {
    const { after, limit } = read(managerCalls.feed.query)
    await requireHighAvailability(cloud, manager)
    const { records, hasMore } = await readFeed(cloud, manager, { after: parseMarker(after), limit })
    metrics.recordsSent(records.length)
    const last = records.at(-1)
    const nextMarker =
      last === undefined ? after : formatMarker({ changeTimeMs: last.changeTime, recordId: last.device.id })
    const place = { companyId: manager.companyId, nextMarker, hasMore, serverTimeMs: cloud.clock.now() }
    return { ...place, records: records.map(recordView) }
  })
  route(managerCalls.userRecords, async (manager, { read }) => {
    const { attribute, identitySource: sourceName } = read(managerCalls.userRecords.query)
    await requireHighAvailability(cloud, manager)
    const records = await readUserRecords(cloud, manager, { attribute, sourceName })
    metrics.recordsSent(records.length)
    return { companyId: manager.companyId, records: records.map(recordView) }
  })
}

function codeRoutes(route: Route, { cloud, metrics }: Serving): void {
  route(managerCalls.verify, async (manager, { request, read }) => {
    const { serial, tokencode } = read(managerCalls.verify.body)
    const origin = { actor: { type: 'agent', id: manager.id, name: manager.name }, ...originOf(request) } as const
    const verdict = await verifyAppCode(cloud, { companyId: manager.companyId, serial, tokencode, origin })
    metrics.judged('manager', verdict.outcome)
    return { ...verdict, step: verdict.step?.toString() ?? null }
  })
  route(managerCalls.reportSteps, async (manager, { request, read }) => {
    const steps = read(managerCalls.reportSteps.body).steps.map((one) => ({
      serial: one.serial,
      step: step(BigInt(one.step)),
    }))
    return reportSteps(cloud, originOf(request), { manager, steps })
  })
}

function originOf(request: FastifyRequest) {
  return { clientAddress: request.ip, requestId: request.id }
}

async function standingOf({ cloud, signers }: Pick<Serving, 'cloud' | 'signers'>, company: Company) {
  return {
    companyId: company.id,
    companyName: company.displayName,
    haEnabled: company.haEnabled,
    cloudKeys: await signers.published(),
    serverTimeMs: cloud.clock.now(),
  }
}

async function companyOf(cloud: Cloud, { companyId }: ConnectedManager): Promise<Company> {
  const company = await cloud.cloud.read.company(companyId)
  if (company === undefined) throw new CloudRefusal('UNKNOWN_KEY')
  return company
}

async function requireHighAvailability(cloud: Cloud, manager: ConnectedManager): Promise<void> {
  if (!(await companyOf(cloud, manager)).haEnabled) throw new CloudRefusal('HA_DISABLED')
}

function send(reply: FastifyReply, answer: unknown): FastifyReply {
  return reply.header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(answer))
}
