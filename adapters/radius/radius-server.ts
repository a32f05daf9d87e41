import type { ClientCounters } from './client-counters.ts'
import { ClientTable } from './client-table.ts'
import type { RadiusAuthentication, RadiusClient, RadiusDropReason, RadiusEvent } from './ports.ts'
import { ReplyCache, type ReplyCacheLimits } from './reply-cache.ts'
import { type HandlerPorts, handlePacket } from './request-handler.ts'
import { StatusRate } from './status-rate.ts'
import { openTcpEndpoint, type TcpLimits, type TcpListen, type TcpSession } from './tcp-endpoint.ts'
import { type Endpoint, openUdpEndpoint, type UdpListen } from './udp-endpoint.ts'
import { type UnknownClient, UnknownClients } from './unknown-clients.ts'
import { SecretSuspicion } from './wrong-secret.ts'

export interface RadiusServerOptions {
  readonly authentication: RadiusAuthentication
  /** False while a login could not be judged (store away): then Status-Server gets no answer. */
  readonly isHealthy: () => boolean
  readonly onEvent?: (event: RadiusEvent) => void
  /** Milliseconds of any steady clock; `performance.now` when not given. */
  readonly nowMs?: () => number
  readonly cache?: Partial<ReplyCacheLimits>
  readonly tcp?: Partial<TcpLimits>
  readonly statusPerSecond?: number
}

export interface RadiusListen {
  readonly udp: readonly UdpListen[]
  readonly tcp: readonly TcpListen[]
}

/** Sums over clients. */
export interface Totals {
  readonly requests: number
  readonly resent: number
  readonly garbagePasswords: number
  readonly dropped: number
  readonly suspectedClients: number
}

/** Addresses and ports as bound, in the order asked for. */
export interface RadiusBound {
  readonly udp: readonly { readonly address: string; readonly port: number }[]
  readonly tcp: readonly { readonly address: string; readonly port: number }[]
}

const defaultCache: ReplyCacheLimits = { lifetimeMs: 15_000, maxReplies: 65_536, maxInFlight: 8192 }
const defaultTcp: TcpLimits = {
  maxConnections: 512,
  maxConnectionsPerClient: 32,
  idleMs: 10 * 60_000,
  lifetimeMs: 24 * 3_600_000,
}
/** One connection has 256 identifiers (RFC 6613 §2.6.5), so it needs no more. */
const tcpCacheSize = { maxReplies: 256, maxInFlight: 256 }

// RFC 6613 §2.6.4: what cannot come from a sound client with the right secret ends the connection.
const closesConnection: ReadonlySet<RadiusDropReason> = new Set(['malformed-packet', 'message-authenticator-invalid'])

/** A RADIUS authentication server on any number of UDP and TCP addresses. */
export class RadiusServer {
  readonly #clients = new ClientTable()
  readonly #unknown = new UnknownClients()
  readonly #ports: HandlerPorts
  readonly #cacheLimits: ReplyCacheLimits
  readonly #tcpLimits: TcpLimits
  readonly #endpoints: Endpoint[] = []

  constructor(options: RadiusServerOptions) {
    this.#ports = {
      authentication: options.authentication,
      isHealthy: options.isHealthy,
      nowMs: options.nowMs ?? (() => performance.now()),
      emit: options.onEvent ?? (() => undefined),
      suspicion: new SecretSuspicion(),
      statusRate: new StatusRate(options.statusPerSecond ?? 50),
    }
    this.#cacheLimits = { ...defaultCache, ...options.cache }
    this.#tcpLimits = { ...defaultTcp, ...options.tcp }
  }

  /** Replaces the clients; returns addresses that were refused (no address, or another client's already). */
  setClients(clients: readonly RadiusClient[]): readonly string[] {
    for (const client of clients) {
      const before = this.#clients.get(client.id)?.client.secret
      if (before !== undefined && Buffer.compare(before, client.secret) !== 0) this.#ports.suspicion.forget(client.id)
    }
    this.#ports.statusRate.clear()
    return this.#clients.setClients(clients)
  }

  /** Opens all addresses, or none of them: rejects with the platform's error when one cannot be had. May be called again. */
  async listen(listen: RadiusListen): Promise<RadiusBound> {
    const udp: Endpoint[] = []
    const tcp: Endpoint[] = []
    try {
      for (const where of listen.udp) await this.#listenUdp(where, udp)
      for (const where of listen.tcp) await this.#listenTcp(where, tcp)
    } catch (error) {
      await Promise.all([...udp, ...tcp].map((endpoint) => endpoint.close()))
      throw error
    }
    this.#endpoints.push(...udp, ...tcp)
    return { udp: udp.map(boundAddress), tcp: tcp.map(boundAddress) }
  }

  /** Stops listening and closes every connection; requests being judged get no answer. */
  async close(): Promise<void> {
    await Promise.all(this.#endpoints.splice(0).map((endpoint) => endpoint.close()))
  }

  /** What passed between this instance and a client since it started, or `undefined` for an unknown id. */
  counters(clientId: string): Readonly<ClientCounters> | undefined {
    return this.#clients.get(clientId)?.counters
  }

  /** The counters of all present clients, by id. */
  clientCounters(): readonly (readonly [string, Readonly<ClientCounters>])[] {
    return [...this.#clients.entries()].map(({ client, counters }) => [client.id, counters])
  }

  /** Whether an address is one of a client. */
  knows(address: string): boolean {
    return this.#clients.find(address) !== undefined
  }

  /** Whether a client must send Message-Authenticator now, `auto` resolved. */
  requiresMessageAuthenticator(clientId: string): boolean {
    return this.#clients.get(clientId)?.mustSendMessageAuthenticator ?? false
  }

  /** Whether a client's passwords or authenticators look like those of another secret. */
  suspectsWrongSecret(clientId: string): boolean {
    return this.wrongSecretSources(clientId).length > 0
  }

  /** The source addresses that made `suspectsWrongSecret` true. */
  wrongSecretSources(clientId: string): readonly string[] {
    return this.#ports.suspicion.sources(clientId)
  }

  /** Sources that sent packets and are no clients, last seen first; times are of `nowMs`. */
  unknownClients(): readonly UnknownClient[] {
    return this.#unknown.list()
  }

  /** Packets from sources that are no clients. */
  unknownPackets(): number {
    return this.#unknown.packets
  }

  /** The counters of all present clients added up. */
  totals(): Totals {
    const sums = { requests: 0, resent: 0, garbagePasswords: 0, dropped: 0, suspectedClients: 0 }
    for (const { client, counters } of this.#clients.entries()) {
      sums.requests += counters.requests
      sums.resent += counters.resent
      sums.garbagePasswords += counters.garbagePasswords
      for (const count of Object.values(counters.dropped)) sums.dropped += count
      if (this.suspectsWrongSecret(client.id)) sums.suspectedClients += 1
    }
    return sums
  }

  #listenUdp(where: UdpListen, bound: Endpoint[]): Promise<Endpoint> {
    const ports = this.#ports
    const cache = new ReplyCache(this.#cacheLimits)
    const opened = openUdpEndpoint(
      where,
      (datagram, { address, port }, reply) => {
        const entry = this.#clients.find(address)
        if (entry === undefined) this.#refuse(address)
        else handlePacket(ports, { entry, address, port, cache, reply }, datagram)
      },
      (error) => ports.emit({ kind: 'socket-failed', transport: 'udp', error }),
    )
    return remember(opened, bound)
  }

  #listenTcp(where: TcpListen, bound: Endpoint[]): Promise<Endpoint> {
    const opened = openTcpEndpoint(where, this.#tcpLimits, {
      accept: (source, reply) => this.#acceptConnection(source, reply),
      onError: (error) => this.#ports.emit({ kind: 'socket-failed', transport: 'tcp', error }),
    })
    return remember(opened, bound)
  }

  #acceptConnection(
    source: { readonly address: string; readonly port: number },
    reply: (octets: Uint8Array) => void,
  ): TcpSession | undefined {
    const first = this.#clients.find(source.address)
    if (first === undefined) {
      this.#refuse(source.address)
      return undefined
    }
    const cache = new ReplyCache({ ...this.#cacheLimits, ...tcpCacheSize })
    const packet = (octets: Uint8Array): boolean => {
      // Looked up for each packet, so that a changed or removed client does not live on in its connections.
      const entry = this.#clients.find(source.address)
      if (entry === undefined) return false
      const dropped = handlePacket(this.#ports, { ...source, entry, cache, reply }, octets)
      return dropped === undefined || !closesConnection.has(dropped)
    }
    return { clientId: first.client.id, packet }
  }

  #refuse(address: string): void {
    this.#unknown.count(address, this.#ports.nowMs())
    this.#ports.emit({ kind: 'dropped', reason: 'unknown-client', address })
  }
}

async function remember(opened: Promise<Endpoint>, bound: Endpoint[]): Promise<Endpoint> {
  const endpoint = await opened
  bound.push(endpoint)
  return endpoint
}

function boundAddress({ address, port }: Endpoint): { address: string; port: number } {
  return { address, port }
}
