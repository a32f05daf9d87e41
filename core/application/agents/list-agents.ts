import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { authorisedDomains } from '../administration/authorise-act.ts'
import type { Agent } from '../ports/client-store.ts'
import type { Page, PageRequest } from '../ports/page.ts'

export interface ListClientsRequest extends PageRequest {
  /** Beginning of the name. */
  readonly text?: string
  /** A security domain with everything below it. */
  readonly within?: string
}

/** Agents that somebody may see, without the hashes of their keys. */
export async function listAgents(
  { administration: { read } }: AdministrationPorts,
  context: AdministrationContext,
  { text, within, ...page }: ListClientsRequest,
): Promise<Page<Omit<Agent, 'keyMac'>>> {
  const ids = await authorisedDomains(read, context, { permission: 'view-agents', within })
  const filter = { ...(text !== undefined && { text }), ...(ids !== undefined && { securityDomainIds: ids }) }
  const found = await read.clients.agents(filter, page)
  return { ...found, items: found.items.map(({ keyMac: _kept, ...shown }) => shown) }
}
