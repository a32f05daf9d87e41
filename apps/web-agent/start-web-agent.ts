import { AgentClient } from '@driftlock/agent-client'
import { AddressBudget, type HttpModule, startHttpServer } from '@driftlock/http'
import { runEvery, systemClock } from '@driftlock/system'
import formbody from '@fastify/formbody'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import type { WebAgentConfiguration } from './configuration/configuration.ts'
import { Once } from './dialogue/once.ts'
import { loadLook } from './pages/look.ts'
import { assetRoutes } from './routes/assets.ts'
import { sendEnding, type WebAgentParts } from './routes/exchange.ts'
import { logOffRoutes } from './routes/log-off.ts'
import { logOnRoutes } from './routes/log-on.ts'
import { doneRoute, siteRoutes } from './routes/site.ts'
import { stepRoutes } from './routes/step.ts'
import { subRequestRoutes } from './routes/sub-request.ts'
import { readCookieKeys, readSecretFile } from './sealing/read-keys.ts'
import { Seal } from './sealing/seal.ts'
import { LogOffList } from './session/log-off-list.ts'
import { SessionKeeper } from './session/session-keeper.ts'

export interface RunningWebAgent {
  readonly url: string
  readonly app: FastifyInstance
  /** Takes up renewed TLS files. @returns whether they had changed. */
  reloadTls(): Promise<boolean>
  stop(withinMs: number): Promise<void>
}

const MS_PER_MINUTE = 60_000
/** How soon a log-off everywhere at another agent of the site holds here. */
const LOG_OFFS_LOOK_MS = 1000
/** A form is a name, a passcode and a ticket. */
const BODY_LIMIT_OCTETS = 16_384

/**
 * Starts a web agent. @param clock What time it is, in milliseconds since the epoch; absent = the machine's.
 * @throws WebAgentFileError; the platform's error when the address cannot be had.
 */
export async function startWebAgent(
  configuration: WebAgentConfiguration,
  logger: FastifyBaseLogger,
  clock: () => number = () => systemClock.now(),
): Promise<RunningWebAgent> {
  const parts = await makeParts(configuration, clock)
  const nowMs = parts.nowMs()
  await parts.logOffs.refresh(nowMs)
  const { host, port, tls, trustedProxies } = configuration.listen
  const server = await startHttpServer({
    host,
    port,
    ...(tls !== undefined && { tls }),
    trustedProxies,
    requestsPerMinute: 1_000_000,
    logger,
    modules: [webAgentModule(parts, configuration)],
  })
  const task = runEvery({
    intervalMs: LOG_OFFS_LOOK_MS,
    run: () => parts.logOffs.refresh(parts.nowMs()),
    onError: (error) => logger.error({ err: error }, 'the file of log-offs cannot be read'),
  })
  return {
    url: server.url,
    app: server.app,
    reloadTls: () => server.reloadTls(),
    async stop(withinMs) {
      await task.stop()
      await server.stop(withinMs)
    },
  }
}

function webAgentModule(parts: WebAgentParts, { site }: WebAgentConfiguration): HttpModule {
  return {
    name: 'web-agent',
    async register(app) {
      await app.register(formbody, { bodyLimit: BODY_LIMIT_OCTETS })
      app.setErrorHandler((error, request, reply) => {
        const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
        if (status >= 500) request.log.error({ err: error }, 'request failed')
        return sendEnding({ parts, request, reply }, status === 404 ? 'notFound' : 'error')
      })
      await app.register(async (scope) => subRequestRoutes(scope, parts))
      logOnRoutes(app, parts)
      stepRoutes(app, parts)
      logOffRoutes(app, parts)
      doneRoute(app, parts)
      assetRoutes(app, parts)
      if (site !== undefined) await siteRoutes(app, parts, site)
    },
  }
}

async function makeParts(configuration: WebAgentConfiguration, nowMs: () => number): Promise<WebAgentParts> {
  const { managers, managerTimeoutSeconds, agent, rules, throttle, looks } = configuration
  const clientKey = (await readSecretFile('agent.keyFile', agent.keyFile)).trim()
  const keys = await readCookieKeys(configuration.cookieKeyFile)
  const seal = new Seal(keys)
  const absoluteMs = configuration.sessions.absoluteMinutes * MS_PER_MINUTE
  const idleMs = configuration.sessions.idleMinutes * MS_PER_MINUTE
  const { bindAddress, logOffFile } = configuration.sessions
  const logOffs = new LogOffList({ file: logOffFile, key: keys.at(-1) ?? Buffer.alloc(0), keepMs: absoluteMs })
  const budget = (perMinute: number) => new AddressBudget({ perMinute, clock: systemClock })
  return {
    client: new AgentClient({
      urls: managers,
      clientId: agent.id,
      clientKey,
      timeoutMs: managerTimeoutSeconds * 1000,
    }),
    seal,
    sessions: new SessionKeeper(seal, { idleMs, absoluteMs, bindAddress }, logOffs),
    logOffs,
    rules,
    // The last one is there for the hosts that no look of the configuration is made for.
    looks: await Promise.all([...looks, {}].map(loadLook)),
    once: new Once(() => systemClock.monotonicMs()),
    attempts: { byAddress: budget(throttle.perAddressAndMinute), byUser: budget(throttle.perUserAndMinute) },
    nowMs,
  }
}
