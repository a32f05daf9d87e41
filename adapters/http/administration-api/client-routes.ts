import {
  type Agent as StoredAgent,
  ApplicationError,
  authoriseAct,
  createAgent,
  deleteAgent,
  listAgents,
  updateAgent,
} from '@driftlock/application'
import { type Agent, agentEndpoints as a } from '@driftlock/contracts'
import { requireSame } from '../api/precondition.ts'
import { type Call, route, type RoutesOf } from '../api/route.ts'
import type { ApiServices } from '../api/services.ts'
import { defined } from '../views/defined.ts'
import { type Names, namesFor } from '../views/references.ts'

/** Authentication agents. */
export function agentRoutes(services: ApiServices): RoutesOf<typeof a> {
  const { read } = services.administration
  const shown = async (agent: Omit<StoredAgent, 'keyMac'>) => agentView(agent, await namesFor(read, []))
  const found = async (id: string) => {
    const agent = await read.clients.agent(id)
    if (agent === undefined) throw new ApplicationError('NOT_FOUND', { type: 'agent', id })
    return agent
  }
  return {
    listAgents: route(a.listAgents, async ({ query, context }) => {
      const page = await listAgents(services, context, pageRequest(query))
      const names = await namesFor(read, [])
      return { ...page, items: page.items.map((one) => agentView(one, names)) }
    }),
    getAgent: route(a.getAgent, async ({ params, context }) => {
      const agent = await found(params.agentId)
      await authoriseAct(read, context, { permission: 'view-agents', securityDomainId: agent.securityDomainId })
      return shown(agent)
    }),
    createAgent: route(a.createAgent, async ({ body, context }) => {
      const { name, securityDomainId, kind = 'standard', ...rest } = body
      const made = await createAgent(services, context, { name, securityDomainId, kind, ...defined(rest) })
      return { agent: await shown(made.agent), clientKey: made.clientKey }
    }),
    updateAgent: route(a.updateAgent, async ({ params, body, version, context }) => {
      const request = { agent: params.agentId, ...defined({ ...body, version }) }
      return shown((await updateAgent(services, context, request)).agent)
    }),
    renewAgentKey: route(a.renewAgentKey, async ({ params, context }) => {
      const { agent, clientKey } = await updateAgent(services, context, { agent: params.agentId, newClientKey: true })
      return { agent: await shown(agent), clientKey: clientKey ?? '' }
    }),
    deleteAgent: route(a.deleteAgent, async ({ params, version, context }) => {
      requireSame(version, (await found(params.agentId)).version)
      await deleteAgent(services, context, { agent: params.agentId })
      return null
    }),
  }
}

/** The page a list of agents or RADIUS clients is asked for. */
export function pageRequest({ limit, after, text, securityDomainId }: Call<typeof a.listAgents>['query']) {
  return { limit, ...defined({ after, text, within: securityDomainId }) }
}

function agentView(agent: Omit<StoredAgent, 'keyMac'>, names: Names): Agent {
  const { id, name, kind, addresses, language, enabled, notes, createdAt, lastSeenAt, version } = agent
  const shown = { id, name, kind, language, enabled, notes, createdAt, lastSeenAt, version }
  return { ...shown, addresses: [...addresses], securityDomain: names.domain(agent.securityDomainId) }
}
