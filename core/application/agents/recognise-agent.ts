import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { isAccessSecret } from '../access/access-secret.ts'
import type { Agent } from '../ports/client-store.ts'

/** The agent that a client id and key belong to; undefined = unknown, wrong or disabled, which look the same outside. */
export async function recogniseAgent(
  { administration: { read }, keys }: Pick<AdministrationPorts, 'administration' | 'keys'>,
  { clientId, clientKey }: { readonly clientId: string; readonly clientKey: string },
): Promise<Agent | undefined> {
  const agent = await read.clients.agentByName(clientId)
  if (agent === undefined || !agent.enabled) return undefined
  return isAccessSecret({ use: 'agent-key', secret: clientKey }, agent.keyMac, keys.pinKeys()) ? agent : undefined
}
