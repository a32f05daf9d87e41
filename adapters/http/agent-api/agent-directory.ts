import { hash } from 'node:crypto'
import { type Agent, type ClientQueries, type Clock, isAccessSecret, type KeyRing } from '@driftlock/application'

export interface AgentDirectoryPorts {
  readonly clients: ClientQueries
  readonly configuration: { version(): Promise<number> }
  readonly keys: KeyRing
  readonly clock: Clock
}

/** What a caller shows of itself: its key, and the name or id of the agent record where the message carries one. */
export interface AgentClaim {
  readonly clientKey: string
  readonly clientId?: string | undefined
  readonly agentId?: string | undefined
}

const FRESH_MS = 1000

/** The agents, kept in memory and read again within a second of a change on any instance. */
export class AgentDirectory {
  readonly #ports: AgentDirectoryPorts
  #agents: readonly Agent[] = []
  /** Keys that were found to fit, by digest: an HMAC less at every call. */
  #byDigest = new Map<string, Agent>()
  #version = -1
  #checkedAtMs = Number.NEGATIVE_INFINITY
  #refreshing: Promise<void> | undefined

  constructor(ports: AgentDirectoryPorts) {
    this.#ports = ports
  }

  /** @returns the enabled agent whose client key this is, if it is the one that the message names. */
  async find({ clientKey, clientId, agentId }: AgentClaim): Promise<Agent | undefined> {
    if (this.#ports.clock.monotonicMs() - this.#checkedAtMs > FRESH_MS) {
      this.#refreshing ??= this.#refresh().finally(() => {
        this.#refreshing = undefined
      })
      await this.#refreshing
    }
    const isMeant = (agent: Agent): boolean =>
      agent.enabled &&
      (clientId === undefined || agent.name === clientId) &&
      (agentId === undefined || agent.id === agentId)
    const digest = digestOf(clientKey)
    const known = this.#byDigest.get(digest)
    if (known !== undefined) return isMeant(known) ? known : undefined
    const found = this.#agents.filter(isMeant).find((agent) => this.#fits(agent, clientKey))
    if (found !== undefined) this.#byDigest.set(digest, found)
    return found
  }

  /** Whether this key was found to fit a moment ago; costs one digest, however many agents there are. */
  isAtWork(clientKey: string): boolean {
    return this.#byDigest.has(digestOf(clientKey))
  }

  #fits({ keyMac }: Agent, clientKey: string): boolean {
    return isAccessSecret({ use: 'agent-key', secret: clientKey }, keyMac, this.#ports.keys.pinKeys())
  }

  async #refresh(): Promise<void> {
    const version = await this.#ports.configuration.version()
    if (version !== this.#version) {
      const agents: Agent[] = []
      let after: string | undefined
      do {
        const page = await this.#ports.clients.agents({}, { limit: 1000, ...(after !== undefined && { after }) })
        agents.push(...page.items)
        after = page.next
      } while (after !== undefined)
      this.#agents = agents
      this.#byDigest = new Map()
      this.#version = version
    }
    this.#checkedAtMs = this.#ports.clock.monotonicMs()
  }
}

function digestOf(clientKey: string): string {
  return hash('sha256', clientKey, 'base64url')
}
