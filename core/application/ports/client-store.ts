import type { UnixMs } from '@driftlock/domain'
import type { Page, PageRequest } from './page.ts'
import type { Sealed } from './sealed.ts'

/** Languages in which the agent API asks. */
export type AgentLanguage = 'en' | 'de'

/** An authentication agent: something that asks over the agent API. */
export interface Agent {
  readonly id: string
  /** Unique; the `clientId` of the agent API. */
  readonly name: string
  readonly kind: string
  readonly addresses: readonly string[]
  /** Keyed hash of the client key. */
  readonly keyMac: Uint8Array
  /** Of the texts its users read; null = as the agent asks. */
  readonly language: AgentLanguage | null
  readonly securityDomainId: string
  readonly enabled: boolean
  readonly notes: string
  readonly createdAt: UnixMs
  readonly lastSeenAt: UnixMs | null
  readonly version: number
}

/** A RADIUS client. Its secret is bound to `radius_clients`, `secret` and the id. */
export interface RadiusClient {
  readonly id: string
  readonly name: string
  /** An address or a network in CIDR form; unique. */
  readonly network: string
  readonly secret: Sealed
  readonly requireMessageAuthenticator: boolean
  readonly transport: 'udp' | 'tcp' | 'tls'
  readonly securityDomainId: string
  readonly enabled: boolean
  /** Attributes and behaviour for this client, as JSON. */
  readonly profile: unknown
  readonly notes: string
  readonly createdAt: UnixMs
  readonly lastSeenAt: UnixMs | null
  readonly version: number
}

export interface ClientFilter {
  /** Beginning of the name; case does not matter. */
  readonly text?: string
  readonly securityDomainIds?: readonly string[]
}

export interface ClientQueries {
  agent(id: string): Promise<Agent | undefined>
  agentByName(name: string): Promise<Agent | undefined>
  agents(filter: ClientFilter, page: PageRequest): Promise<Page<Agent>>
  radiusClient(id: string): Promise<RadiusClient | undefined>
  radiusClients(filter: ClientFilter, page: PageRequest): Promise<Page<RadiusClient>>
}

/** Writes raise the configuration version, so that instances reload their client tables. */
export interface ClientRepository extends ClientQueries {
  insertAgent(agent: Agent): Promise<void>
  /** @throws StoreError `STALE_VERSION`. */
  updateAgent(agent: Agent): Promise<void>
  removeAgent(id: string): Promise<void>
  /** Writes `lastSeenAt` alone: no new version, no new configuration version. */
  markAgentSeen(id: string, at: UnixMs): Promise<void>
  insertRadiusClient(client: RadiusClient): Promise<void>
  /** @throws StoreError `STALE_VERSION`. */
  updateRadiusClient(client: RadiusClient): Promise<void>
  removeRadiusClient(id: string): Promise<void>
  markRadiusClientSeen(id: string, at: UnixMs): Promise<void>
}
