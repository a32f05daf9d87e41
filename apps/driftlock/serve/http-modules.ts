import {
  type AttemptMemory,
  authenticateAndSettle,
  haAlarm,
  type LoginRequest,
  type LoginResult,
} from '@driftlock/application'
import {
  type ApiServices,
  administrationApi,
  agentApi,
  argon2Hasher,
  type Edge,
  health,
  type HttpModule,
  type Metrics,
  metricsRoute,
  ProcessAttemptMemory,
  type RadiusWatch,
  selfServiceApi,
} from '@driftlock/http'
import { ringAuditProof } from '@driftlock/keys'
import type { Configuration } from '../configuration/configuration.ts'
import type { Instance } from '../instance/open-instance.ts'
import { collectingEarly } from '@driftlock/system'
import { PROGRAM_VERSION } from '../program-version.ts'
import { consolePages } from './console-pages.ts'
import { knownDomains } from './known-domains.ts'

export interface ModuleParts {
  readonly instance: Instance
  readonly metrics: Metrics
  readonly configuration: Configuration
  /** Writes to the database, for readiness. */
  readonly heartbeat: () => Promise<void>
  /** Told of failures nobody waits for. */
  readonly onError: (error: unknown) => void
  /** What the RADIUS edge has seen; absent = it is off. */
  readonly radiusWatch?: RadiusWatch
}

/** Everything an instance serves over HTTP; what is added to the product is added here. */
export function httpModules(parts: ModuleParts, attempts: AttemptMemory): readonly HttpModule[] {
  const { instance, metrics, configuration } = parts
  const { keys, clock, random, store } = instance
  const { clients, configuration: settings } = store.administration.read
  const services = apiServices(parts)
  return [
    health([
      { name: 'database', check: () => parts.heartbeat().then(() => 'ok' as const) },
      { name: 'keys', check: async () => (keys.currentKeyId('seed') === '' ? 'failed' : 'ok') },
      { name: 'clock', check: async () => (instance.clockGuard.inDoubt() ? 'degraded' : 'ok') },
      { name: 'cloud', check: async () => ((await haAlarm(instance.highAvailability)).overdue ? 'degraded' : 'ok') },
    ]),
    metricsRoute(metrics, configuration.metrics.scrapers),
    agentApi({
      login: measured(parts, 'agent-api'),
      groupsOf: knownDomains(store.administration.read, clock),
      attempts,
      clients,
      configuration: settings,
      keys,
      clock,
      random,
    }),
    administrationApi(services),
    selfServiceApi(services),
    ...consolePages(services),
  ]
}

function apiServices({ instance, radiusWatch }: ModuleParts): ApiServices {
  const { administration, authentication, clockGuard, highAvailability, keys, store, name } = instance
  return {
    ...administration,
    authentication,
    clockGuard,
    highAvailability,
    operations: store.operations,
    passwords: argon2Hasher(),
    auditProof: ringAuditProof(keys),
    aroundImport: collectingEarly,
    ...(radiusWatch !== undefined && { radiusWatch: () => radiusWatch }),
    instance: { name, version: PROGRAM_VERSION },
  }
}

/** Where the agent API keeps its attempts. */
export interface KeptAttempts {
  readonly memory: AttemptMemory
  close(): Promise<void>
}

/** An embedded database serves one instance, whose own memory is enough; instances that share one share the attempts too. */
export function keptAttempts({ store, clock }: Instance, onError: ModuleParts['onError']): KeptAttempts {
  const { attempts, dialogues } = store.operations
  if (store.kind !== 'sqlite') return { memory: dialogues, close: async () => undefined }
  const memory = new ProcessAttemptMemory({ archive: attempts, clock, onError })
  return { memory, close: () => memory.close() }
}

function measured({ instance, metrics, onError }: ModuleParts, edge: Edge) {
  const { authentication, administration, clock } = instance
  return async (request: LoginRequest): Promise<LoginResult> => {
    const arrivedMs = clock.monotonicMs()
    const result = await authenticateAndSettle({ ...administration, ...authentication }, request, onError)
    metrics.loginTook(edge, clock.monotonicMs() - arrivedMs)
    return result
  }
}
