import { authenticateAndSettle, StoreError } from '@driftlock/application'
import { loginAuthentication, type RadiusBound, type RadiusEvent, RadiusServer } from '@driftlock/radius'
import { runEvery } from '@driftlock/system'
import type { Instance } from '../instance/open-instance.ts'
import { RadiusTally } from './radius-tally.ts'
import { groupsOfUser } from './groups-of-user.ts'
import { Hourly } from './hourly.ts'
import { listenAll } from './listen-all.ts'
import { loadRadiusClients } from './load-radius-clients.ts'
import { rememberMessageAuthenticator, reportWrongSecret } from './note-radius-events.ts'
import { StoreHealth } from './store-health.ts'

export interface RadiusOptions {
  /**
   * Addresses to listen on; `0.0.0.0` and `::` for all. `::` beside others is passed over, and `onError` told, where the
   * machine has no IPv6.
   */
  readonly addresses: readonly string[]
  /** UDP port of every address; 0 takes a free one. */
  readonly port: number
  /** TCP port (RFC 6613) of every address, 0 as above; absent = no TCP. */
  readonly tcpPort?: number
  /** Lets other processes of this machine listen on the same port. */
  readonly isShared?: boolean
  /** Told of failures that nobody waits for, and of settings that cannot be used. */
  readonly onError: (error: unknown) => void
  /** Told how long each log-on took, its answer on disk. */
  readonly onLogin?: (durationMs: number) => void
}

/** A running RADIUS edge. */
export interface RunningRadius {
  readonly bound: RadiusBound
  /** Counters, suspicions and strangers, for consoles and metrics. */
  readonly server: RadiusServer
  /** What the edge counted, over restarts. */
  readonly counted: RadiusTally
  /** Reads the clients now, instead of within a second. */
  reload(): Promise<void>
  /** Stops listening; log-ons under way get no answer. */
  close(): Promise<void>
}

const WATCH_MS = 1_000
const CLEAN_MS = 30_000
/** How exact "last seen" is. */
const SEEN_MS = 60_000
/** How far what others see of the counts lags behind, and what a crash may take of them. */
const NOTE_MS = 5_000

/**
 * Opens the instance's RADIUS edge: log-ons, challenges, Status-Server. Clients are those of the store; a change made by
 * any instance holds within a second. Rejects with the platform's error when an address cannot be had.
 */
export async function startRadius(instance: Instance, options: RadiusOptions): Promise<RunningRadius> {
  const edge = new RadiusEdge(instance, options)
  await edge.reload()
  await edge.counted.takeUp()
  const bound = await listenAll(edge.server, options)
  const { onError } = options
  const { answers } = instance.store.operations
  const tasks = [
    runEvery({ intervalMs: WATCH_MS, run: () => edge.watch(), onError }),
    runEvery({ intervalMs: SEEN_MS, run: () => edge.markSeen(), onError }),
    runEvery({ intervalMs: NOTE_MS, run: () => edge.counted.note(), onError }),
    ...(edge.isShared
      ? [
          runEvery({
            intervalMs: CLEAN_MS,
            run: async () => void (await answers.removeExpiredBefore(instance.clock.now())),
            onError,
          }),
        ]
      : []),
  ]
  const close = async (): Promise<void> => {
    await edge.server.close()
    await Promise.all(tasks.map((task) => task.stop()))
    await edge.markSeen().catch(onError)
    await edge.counted.note().catch(onError)
    await edge.settled()
  }
  return { bound, server: edge.server, counted: edge.counted, reload: () => edge.reload(), close }
}

class RadiusEdge {
  readonly server: RadiusServer
  readonly counted: RadiusTally
  /** Another instance may be asked the same: then copies of a request must be known to all. */
  readonly isShared: boolean
  readonly #instance: Instance
  readonly #onError: (error: unknown) => void
  readonly #health: StoreHealth
  readonly #hourly = new Hourly()
  readonly #writing = new Set<Promise<void>>()
  /** Requests of each client when it was last marked as seen. */
  readonly #marked = new Map<string, number>()
  #clientIds: readonly string[] = []
  #configVersion = -1

  constructor(instance: Instance, { onError, onLogin }: RadiusOptions) {
    const { store, clock } = instance
    this.#instance = instance
    this.#onError = onError
    this.#health = new StoreHealth(clock.monotonicMs())
    // An SQLite store belongs to one process, whose own memory is enough.
    this.isShared = store.kind === 'postgresql'
    this.server = new RadiusServer({
      authentication: loginAuthentication({
        ...instance.authentication,
        ...(this.isShared && { shared: store.operations.answers }),
        groupsOf: (username) => groupsOfUser(store.administration.read, username),
        onError,
        logOn: async (ports, request) => {
          const arrivedMs = clock.monotonicMs()
          const result = await authenticateAndSettle({ ...instance.administration, ...ports }, request, onError)
          onLogin?.(clock.monotonicMs() - arrivedMs)
          return result
        },
      }),
      isHealthy: () => this.#health.isGood(clock.monotonicMs()),
      onEvent: (event) => this.#note(event),
      nowMs: () => clock.monotonicMs(),
    })
    this.counted = new RadiusTally(instance, this.server)
  }

  async reload(): Promise<void> {
    const { read } = this.#instance.store.administration
    // The version first: a change that comes between is read again at the next look.
    const version = await read.configuration.version()
    const clients = await loadRadiusClients(read, this.#instance.keys)
    const refused = this.server.setClients(clients)
    this.#clientIds = clients.map(({ id }) => id)
    this.#configVersion = version
    for (const address of refused) {
      this.#onError(
        new Error(`The RADIUS client address ${address} is not used: it is no address, or another client has it.`),
      )
    }
  }

  /** Looks whether the clients changed; that the store answers is what health rests on. */
  async watch(): Promise<void> {
    const { store, clock } = this.#instance
    const version = await store.administration.read.configuration.version()
    this.#health.answered(clock.monotonicMs())
    if (version !== this.#configVersion) await this.reload()
  }

  /** Writes when clients were last heard of, for those that were since the last time. */
  async markSeen(): Promise<void> {
    const { store, clock } = this.#instance
    const requests = (id: string) => this.server.counters(id)?.requests ?? 0
    const heard = this.#clientIds.filter((id) => requests(id) > (this.#marked.get(id) ?? 0))
    if (heard.length === 0) return
    await store.administration.transaction(async (tx) => {
      for (const id of heard) await tx.clients.markRadiusClientSeen(id, clock.now())
    })
    for (const id of heard) this.#marked.set(id, requests(id))
  }

  /** Resolves when what was being written down is written. */
  async settled(): Promise<void> {
    await Promise.all(this.#writing)
  }

  #note(event: RadiusEvent): void {
    const nowMs = this.#instance.clock.monotonicMs()
    switch (event.kind) {
      case 'message-authenticator-seen':
        return this.#write(rememberMessageAuthenticator(this.#instance, event.clientId))
      case 'wrong-secret-suspected':
        if (!this.#hourly.allows(event.clientId, nowMs)) return
        return this.#write(reportWrongSecret(this.#instance, event.clientId, event.address))
      case 'login-failed':
        if (event.error instanceof StoreError) this.#health.failed(nowMs)
        return this.#onError(event.error)
      case 'socket-failed':
        return this.#onError(event.error)
      case 'answer-too-large':
        return this.#onError(new Error(`The answers for RADIUS client ${event.clientId} do not fit a packet.`))
      case 'dropped':
      case 'not-evaluated':
        return // counted by the listener
    }
  }

  #write(work: Promise<void>): void {
    const settled = work.catch(this.#onError).finally(() => this.#writing.delete(settled))
    this.#writing.add(settled)
  }
}
