import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { authorisedDomains } from '../administration/authorise-act.ts'
import type { ListClientsRequest } from '../agents/list-agents.ts'
import type { Page } from '../ports/page.ts'
import type { ShownRadiusClient } from './radius-client-facts.ts'

/** RADIUS clients that somebody may see, without their secrets. */
export async function listRadiusClients(
  { administration: { read } }: AdministrationPorts,
  context: AdministrationContext,
  { text, within, ...page }: ListClientsRequest,
): Promise<Page<ShownRadiusClient>> {
  const ids = await authorisedDomains(read, context, { permission: 'view-radius-clients', within })
  const filter = { ...(text !== undefined && { text }), ...(ids !== undefined && { securityDomainIds: ids }) }
  const found = await read.clients.radiusClients(filter, page)
  return { ...found, items: found.items.map(({ secret: _kept, ...shown }) => shown) }
}
