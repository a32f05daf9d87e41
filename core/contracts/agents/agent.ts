import { z } from 'zod'
import { endpoint, needs } from '../endpoint.ts'
import { pageOf, pageQuery } from '../paging/page.ts'
import { domainReference, id, instant, nothing, text } from '../values.ts'

const language = z.enum(['en', 'de'])

export const agent = z
  .object({
    id,
    name: z.string().describe('The clientId of the agent API'),
    kind: z.string(),
    addresses: z.array(z.string()),
    language: language.nullable().describe('Of the texts its users read; null = the one the agent asks for'),
    securityDomain: domainReference,
    enabled: z.boolean(),
    notes: z.string(),
    createdAt: instant,
    lastSeenAt: instant.nullable(),
    version: z.int(),
  })
  .meta({ id: 'Agent' })

const fields = z.object({
  name: text(255),
  kind: text(64),
  addresses: z.array(text(64)).max(100),
  language: language.nullable(),
  securityDomainId: id,
  enabled: z.boolean(),
  notes: text(1024),
})
const params = z.object({ agentId: id })
const PATH = '/api/v1/agents/{agentId}'
/** The client key is shown once, where it is made. */
const agentWithKey = z.object({ agent, clientKey: z.string() })

export const agentEndpoints = {
  listAgents: endpoint({
    method: 'GET',
    path: '/api/v1/agents',
    summary: 'Authentication agents',
    access: needs('view-agents'),
    query: pageQuery.extend({ text: text(255).optional(), securityDomainId: id.optional() }),
    response: pageOf(agent),
  }),
  getAgent: endpoint({
    method: 'GET',
    path: PATH,
    summary: 'One agent',
    access: needs('view-agents'),
    params,
    response: agent,
  }),
  createAgent: endpoint({
    method: 'POST',
    path: '/api/v1/agents',
    summary: 'Create an agent; its client key is shown once',
    access: needs('create-agent'),
    status: 201,
    body: fields.omit({ enabled: true }).partial().required({ name: true, securityDomainId: true }),
    response: agentWithKey,
  }),
  updateAgent: endpoint({
    method: 'PATCH',
    path: PATH,
    summary: 'Change an agent',
    access: needs('update-agent'),
    precondition: true,
    params,
    body: fields.omit({ name: true }).partial(),
    response: agent,
  }),
  renewAgentKey: endpoint({
    method: 'POST',
    path: `${PATH}/renew-key`,
    summary: 'Make a new client key; the old one stops at once',
    access: needs('update-agent'),
    params,
    response: agentWithKey,
  }),
  deleteAgent: endpoint({
    method: 'DELETE',
    path: PATH,
    summary: 'Delete an agent',
    access: needs('delete-agent'),
    precondition: true,
    status: 204,
    params,
    response: nothing,
  }),
} as const

export type Agent = z.infer<typeof agent>
