import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { changedFacts } from '../administration/changed-facts.ts'
import { accessSecretMac } from '../access/access-secret.ts'
import { newSecret } from '../access/new-secret.ts'
import { requireSecurityDomain } from '../administration/find-object.ts'
import { administer, type Unit } from '../administration/unit-of-work.ts'
import { ApplicationError } from '../errors/application-error.ts'
import type { Agent, AgentLanguage } from '../ports/client-store.ts'
import { agentFacts, requireSoundAgent } from './agent-facts.ts'

export interface UpdateAgentRequest {
  /** Id or name. */
  readonly agent: string
  readonly version?: number
  readonly kind?: string
  readonly addresses?: readonly string[]
  readonly securityDomainId?: string
  readonly enabled?: boolean
  readonly notes?: string
  /** Null = as the agent asks. */
  readonly language?: AgentLanguage | null
  /** Makes a new client key; the old one ends at once. */
  readonly newClientKey?: boolean
}

/**
 * Changes an agent. @returns the agent, and the new client key where one was asked for: shown once, keep it out of logs.
 * @throws ApplicationError `CHANGED_MEANWHILE`, `INVALID_INPUT`, `NOT_FOUND`.
 */
export async function updateAgent(
  ports: AdministrationPorts,
  context: AdministrationContext,
  request: UpdateAgentRequest,
): Promise<{ readonly agent: Omit<Agent, 'keyMac'>; readonly clientKey: string | null }> {
  const { agent: name, version, newClientKey = false, ...changes } = request
  const permission = 'update-agent'
  return administer(ports, { context, action: permission }, async (unit) => {
    const before = await findAgent(unit, name)
    await unit.authorise({ permission, securityDomainId: before.securityDomainId })
    if (changes.securityDomainId !== undefined) {
      await requireSecurityDomain(unit.tx, changes.securityDomainId)
      await unit.authorise({ permission, securityDomainId: changes.securityDomainId })
    }
    if (version !== undefined && version !== before.version)
      throw new ApplicationError('CHANGED_MEANWHILE', { type: 'agent', id: before.name })
    const clientKey = newClientKey ? newSecret(ports.random) : null
    const keyMac =
      clientKey === null
        ? before.keyMac
        : accessSecretMac({ use: 'agent-key', secret: clientKey }, ports.keys.pinKeys())
    const { keyMac: _kept, ...shown } = { ...before, ...changes }
    requireSoundAgent(shown)
    await unit.tx.clients.updateAgent({ ...shown, keyMac })
    const { securityDomainId } = shown
    const facts = changedFacts(agentFacts(before), {
      ...agentFacts(shown),
      ...(newClientKey && { clientKey: 'renewed' }),
    })
    unit.audit({ action: permission, securityDomainId, ...facts })
    return { agent: { ...shown, version: before.version + 1 }, clientKey }
  })
}

/** Deletes an agent: its client key ends at once. @throws ApplicationError `NOT_FOUND`. */
export async function deleteAgent(
  ports: AdministrationPorts,
  context: AdministrationContext,
  request: { readonly agent: string },
): Promise<void> {
  return administer(ports, { context, action: 'delete-agent' }, async (unit) => {
    const agent = await findAgent(unit, request.agent)
    const { securityDomainId } = agent
    await unit.authorise({ permission: 'delete-agent', securityDomainId })
    await unit.tx.clients.removeAgent(agent.id)
    unit.audit({ action: 'delete-agent', securityDomainId, before: agentFacts(agent) })
  })
}

async function findAgent({ tx: { clients } }: Unit, name: string): Promise<Agent> {
  const agent = (await clients.agent(name)) ?? (await clients.agentByName(name))
  if (agent === undefined) throw new ApplicationError('NOT_FOUND', { type: 'agent', id: name })
  return agent
}
