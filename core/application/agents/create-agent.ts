import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { accessSecretMac } from '../access/access-secret.ts'
import { newSecret } from '../access/new-secret.ts'
import { requireSecurityDomain } from '../administration/find-object.ts'
import { administer } from '../administration/unit-of-work.ts'
import type { Agent, AgentLanguage } from '../ports/client-store.ts'
import { uniqueId } from '../unique-id.ts'
import { agentFacts, requireSoundAgent } from './agent-facts.ts'

export interface CreateAgentRequest {
  /** The `clientId` of the agent API; unique. */
  readonly name: string
  readonly kind: string
  readonly addresses?: readonly string[]
  readonly securityDomainId: string
  readonly notes?: string
  /** Absent, null = as the agent asks. */
  readonly language?: AgentLanguage | null
}

/** `clientKey`: shown once, keep it out of logs; only its keyed hash is stored. */
export interface NewAgent {
  readonly agent: Omit<Agent, 'keyMac'>
  readonly clientKey: string
}

/** Registers an authentication agent and makes its client key. @throws ApplicationError `ALREADY_EXISTS`, `INVALID_INPUT`, `NOT_FOUND`. */
export async function createAgent(
  ports: AdministrationPorts,
  context: AdministrationContext,
  request: CreateAgentRequest,
): Promise<NewAgent> {
  const { securityDomainId, addresses = [], notes = '', language = null, name, kind } = request
  return administer(ports, { context, action: 'create-agent' }, async (unit) => {
    await requireSecurityDomain(unit.tx, securityDomainId)
    await unit.authorise({ permission: 'create-agent', securityDomainId })
    requireSoundAgent({ name, kind, addresses, notes })
    const id = uniqueId(ports)
    const clientKey = newSecret(ports.random)
    const agent: Omit<Agent, 'keyMac'> = {
      id,
      name,
      kind,
      addresses,
      language,
      securityDomainId,
      enabled: true,
      notes,
      createdAt: unit.now,
      lastSeenAt: null,
      version: 1,
    }
    await unit.tx.clients.insertAgent({
      ...agent,
      keyMac: accessSecretMac({ use: 'agent-key', secret: clientKey }, ports.keys.pinKeys()),
    })
    unit.audit({ action: 'create-agent', securityDomainId, after: agentFacts(agent) })
    return { agent, clientKey }
  })
}
