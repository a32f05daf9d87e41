import { addMs, MS_PER_DAY } from '@driftlock/domain'
import { health, type HttpModule, makeCloudMetrics, metricsRoute, startHttpServer } from '@driftlock/http'
import { lastSigningEnds, SIGN_AUDIT_MS } from '@driftlock/keys'
import { runEvery } from '@driftlock/system'
import type { Clock } from '@driftlock/application'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { adminApi } from '../admin-api/admin-api.ts'
import { appApi } from '../app-api/app-api.ts'
import type { CloudConfiguration } from '../configuration/configuration.ts'
import { cloudConsole } from '../console/cloud-console.ts'
import { type Cloud, openCloud } from '../instance/open-cloud.ts'
import { cloudTotals } from './cloud-totals.ts'
import { managerApi } from '../manager-api/manager-api.ts'
import { signCloudAudit } from './sign-cloud-audit.ts'

export interface StartCloudOptions {
  readonly configuration: CloudConfiguration
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly logger: FastifyBaseLogger
  /** Tests give one of their own. */
  readonly clock?: Clock
}

/** A cloud access service that serves. */
export interface RunningCloud {
  readonly url: string
  readonly cloud: Cloud
  readonly app: FastifyInstance
  /** Takes up renewed TLS files. @returns whether they had changed. */
  reloadTls(): Promise<boolean>
  /** Refuses what is new, finishes what was accepted, and closes; at the latest after `withinMs`. */
  stop(withinMs: number): Promise<void>
}

const CLEAN_MS = 60_000

/** Opens the service of the configuration's data folder and serves it. @throws what kept it from starting; nothing is left open then. */
export async function startCloud(options: StartCloudOptions): Promise<RunningCloud> {
  const { configuration, environment, logger, clock } = options
  const { dataFolder, database, masterKeyFile, allowUnsafeDatabase, listen, limits } = configuration
  const onError = (error: unknown): void => logger.error({ err: error }, 'background work failed')
  const cloud = await openCloud({
    dataFolder,
    database,
    masterKeyFile,
    allowUnsafeDatabase,
    environment,
    onError,
    staysUp: true,
    ...(clock !== undefined && { clock }),
  })
  for (const warning of cloud.cloud.warnings) logger.warn(warning)
  try {
    const { tls, ...address } = listen
    const http = await startHttpServer({
      ...address,
      ...(tls !== undefined && { tls }),
      requestsPerMinute: limits.requestsPerAddressAndMinute,
      logger,
      modules: modulesOf(cloud, configuration),
    })
    const clean = () => cleanUp(cloud, configuration)
    let isStopping = false
    const tasks = [
      runEvery({ intervalMs: CLEAN_MS, run: clean, onError }),
      runEvery({ intervalMs: SIGN_AUDIT_MS, run: () => signCloudAudit(cloud, logger, () => isStopping), onError }),
    ]
    return {
      url: http.url,
      app: http.app,
      cloud,
      reloadTls: () => http.reloadTls(),
      async stop(withinMs) {
        isStopping = true
        await Promise.all([http.stop(withinMs), ...tasks.map((task) => task.stop())])
        await signCloudAudit(cloud, logger, lastSigningEnds()).catch(onError)
        await cloud.close()
      },
    }
  } catch (error) {
    await cloud.close()
    throw error
  }
}

function modulesOf(
  cloud: Cloud,
  { limits, publicUrl, metrics: { scrapers } }: CloudConfiguration,
): readonly HttpModule[] {
  const { appAttemptsPerAddressAndMinute, logOnsPerAddressAndMinute } = limits
  const options = { logOnsPerAddressAndMinute, publicUrl }
  const metrics = makeCloudMetrics(() => cloudTotals(cloud))
  return [
    health([
      { name: 'database', check: () => cloud.cloud.read.signingKeys().then(() => 'ok' as const) },
      { name: 'keys', check: async () => (cloud.keys.currentKeyId('seed') === '' ? 'failed' : 'ok') },
      { name: 'clock', check: async () => (cloud.clockGuard.inDoubt() ? 'degraded' : 'ok') },
    ]),
    metricsRoute(metrics, scrapers),
    managerApi(cloud, metrics),
    appApi(cloud, { attemptsPerAddressAndMinute: appAttemptsPerAddressAndMinute, metrics }),
    adminApi(cloud, options),
    cloudConsole(cloud, options),
  ]
}

async function cleanUp({ cloud, clock }: Cloud, { tombstoneDays }: CloudConfiguration): Promise<void> {
  const now = clock.now()
  await cloud.removeExpired(now)
  await cloud.removeTombstones(addMs(now, -tombstoneDays * MS_PER_DAY))
}
