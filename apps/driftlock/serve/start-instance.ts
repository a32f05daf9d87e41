import { clearExpired, uniqueId } from '@driftlock/application'
import type { AuditAction } from '@driftlock/domain'
import {
  frontDoor,
  type HttpModule,
  type HttpServer,
  makeMetrics,
  type Metrics,
  startHttpServer,
} from '@driftlock/http'
import { lastSigningEnds, SIGN_AUDIT_MS } from '@driftlock/keys'
import { runEvery } from '@driftlock/system'
import type { Logger } from 'pino'
import type { Configuration } from '../configuration/configuration.ts'
import { insertPredefinedRoles } from '../instance/initialise-instance.ts'
import { type Instance, openInstance } from '../instance/open-instance.ts'
import { takeUpJobs } from '../jobs/take-up-jobs.ts'
import { PROGRAM_VERSION } from '../program-version.ts'
import { type RunningRadius, startRadius } from '../radius/start-radius.ts'
import { radiusTotals, radiusWatch } from '../radius/radius-watch.ts'
import { httpModules, type KeptAttempts, keptAttempts, type ModuleParts } from './http-modules.ts'
import { loginWatch } from './login-watch.ts'
import { haTotals } from './ha-totals.ts'
import { signAudit } from './sign-audit.ts'
import { synchronising } from './synchronise.ts'
import { clockWatcher } from './watch-clock.ts'

export interface StartOptions {
  readonly configuration: Configuration
  readonly dataFolder: string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly logger: Logger
  /** Further modules, `/` among them, as the pages of the demo; absent = `/` leads to the Self-Service Console. */
  readonly modules?: (parts: ModuleParts) => readonly HttpModule[]
}

/** An instance that serves. */
export interface RunningInstance {
  readonly instance: Instance
  readonly http: HttpServer
  readonly radius: RunningRadius | undefined
  /** Refuses new requests, finishes the accepted ones and closes; at the latest after `withinMs`. */
  stop(withinMs: number): Promise<void>
}

const HEARTBEAT_MS = 5_000
const CLEAN_MS = 30_000

/** Opens the instance of a data folder and serves it. @throws what kept it from starting; nothing is left open then. */
export async function startInstance(options: StartOptions): Promise<RunningInstance> {
  const { configuration, dataFolder, environment, logger } = options
  const metrics = makeMetrics(configuration.instance.name)
  const onError = (error: unknown): void => logger.error({ err: error }, 'background work failed')
  const { database, masterKeyFile, allowUnsafeDatabase, clock } = configuration
  const instance = await openInstance({
    dataFolder,
    environment,
    name: configuration.instance.name,
    staysUp: true,
    allowUnsafeDatabase,
    ignoreTimeService: clock.ignoreTimeService,
    watch: loginWatch(metrics),
    onError,
    ...(database !== undefined && { database }),
    ...(masterKeyFile !== undefined && { masterKeyFile }),
  })
  try {
    watchInstance(metrics, instance)
    for (const warning of instance.store.warnings) logger.warn(warning)
    await insertPredefinedRoles(instance)
    const heartbeat = await register(instance, configuration)
    const parts: ModuleParts = { instance, metrics, configuration, heartbeat, onError }
    const edges = await openEdges(options, parts, keptAttempts(instance, onError))
    const watch = clockWatcher(instance, logger)
    let isStopping = false
    const tasks = [
      runEvery({ intervalMs: HEARTBEAT_MS, run: heartbeat, onError }),
      runEvery({ intervalMs: HEARTBEAT_MS, run: watch, onError }),
      runEvery({ intervalMs: SIGN_AUDIT_MS, run: () => signAudit(instance, logger, () => isStopping), onError }),
      takeUpJobs(instance, uniqueId(instance), onError),
      synchronising(instance.highAvailability, logger),
    ]
    await noteInAudit(instance, 'start-instance')
    const closeBackground = (): Promise<unknown> => {
      isStopping = true
      return Promise.all([...tasks, edges.cleaning].map((task) => task.stop()))
    }
    return {
      instance,
      http: edges.http,
      radius: edges.radius,
      stop: stopper({ instance, edges, closeBackground, logger }),
    }
  } catch (error) {
    await instance.close()
    throw error
  }
}

/** What scrapers are told of the instance beside its log-ons. */
function watchInstance(metrics: Metrics, instance: Instance): void {
  metrics.watchQueue(() => instance.store.pendingLogins())
  metrics.watchClock(() => instance.clockGuard.doubts())
  metrics.watchHa(() => haTotals(instance))
}

interface Edges {
  readonly http: HttpServer
  readonly radius: RunningRadius | undefined
  readonly attempts: KeptAttempts
  readonly cleaning: { stop(): Promise<void> }
}

async function openEdges(options: StartOptions, parts: ModuleParts, attempts: KeptAttempts): Promise<Edges> {
  const { configuration, logger } = options
  const { http, radius } = configuration
  const { onError, metrics } = parts
  const runningRadius = radius.enabled
    ? await startRadius(parts.instance, {
        addresses: radius.host,
        port: radius.port,
        isShared: radius.shared,
        ...(radius.tcpPort !== undefined && { tcpPort: radius.tcpPort }),
        onError,
        onLogin: (durationMs) => metrics.loginTook('radius', durationMs),
      })
    : undefined
  const watched: ModuleParts =
    runningRadius === undefined ? parts : { ...parts, radiusWatch: radiusWatch(runningRadius) }
  if (runningRadius !== undefined) metrics.watchRadius(() => radiusTotals(runningRadius.server))
  try {
    const { tls, ...plain } = http
    const server = await startHttpServer({
      ...plain,
      ...(tls !== undefined && { tls }),
      logger,
      modules: [
        ...httpModules(watched, attempts.memory),
        ...(options.modules?.(parts) ?? [frontDoor('/self-service/')]),
      ],
    })
    const { store, clock, name } = parts.instance
    const clearing = { ...store, attempts: attempts.memory, clock }
    const clean = async (): Promise<void> => void (await clearExpired(clearing, name))
    const cleaning = runEvery({ intervalMs: CLEAN_MS, run: clean, onError })
    return { http: server, radius: runningRadius, attempts, cleaning }
  } catch (error) {
    await runningRadius?.close()
    throw error
  }
}

/** Enters the instance in the deployment's list. @returns what keeps the entry fresh; it fails when nothing can be written. */
async function register(instance: Instance, { instance: own }: Configuration): Promise<() => Promise<void>> {
  const { store, clock } = instance
  const id = uniqueId(instance)
  const now = clock.now()
  const entry = { id, name: own.name, role: 'serve', version: PROGRAM_VERSION, address: own.address }
  await store.operations.instances.register({ ...entry, startedAt: now, heartbeatAt: now, stoppedAt: null })
  return () => store.operations.instances.heartbeat(id, clock.now())
}

async function noteInAudit(instance: Instance, action: AuditAction): Promise<void> {
  const { store, clock, name } = instance
  await store.administration.transaction(async (tx) => {
    const actor = { type: 'system', id: name, name } as const
    tx.audit({ id: uniqueId(instance), at: clock.now(), actor, action, outcome: 'success', reason: 'done' })
  })
}

interface Stopping {
  readonly instance: Instance
  readonly edges: Edges
  readonly closeBackground: () => Promise<unknown>
  readonly logger: Logger
}

function stopper({ instance, edges, closeBackground, logger }: Stopping): RunningInstance['stop'] {
  let stopping: Promise<void> | undefined
  const stop = async (withinMs: number): Promise<void> => {
    await Promise.all([edges.http.stop(withinMs), edges.radius?.close(), closeBackground()])
    await edges.attempts.close()
    await noteInAudit(instance, 'stop-instance')
    await signAudit(instance, logger, lastSigningEnds()).catch((error: unknown) =>
      logger.error({ err: error }, 'the audit log was not signed'),
    )
    const own = (await instance.store.operations.instances.all()).find(({ name }) => name === instance.name)
    if (own !== undefined) await instance.store.operations.instances.markStopped(own.id, instance.clock.now())
    await instance.close()
  }
  return (withinMs) => {
    stopping ??= stop(withinMs)
    return stopping
  }
}
