import { type RadiusActivity, type RadiusClientCounts, viewRadiusActivity } from '@driftlock/application'
import type { Command } from 'commander'
import { instantText, isoText } from '../terminal/instants.ts'
import { type Row, tableText } from '../terminal/table.ts'
import type { View } from '../terminal/view.ts'
import { administering, type OpenShell } from './command-shell.ts'

/** `driftlock radius activity`: what the instances counted, restarts included. */
export function defineRadiusActivity(command: Command): void {
  command
    .addHelpText(
      'after',
      '\nWhat all instances of the deployment counted, up to a few seconds ago and over their restarts. Addresses that are no\nclient are kept for 30 days after their last packet, the hundred of each instance that sent most.\n\nExample:\n  $ driftlock radius activity --json',
    )
    .action(administering(activity))
}

async function activity({ instance, ports, context }: OpenShell): Promise<View> {
  const shown = await viewRadiusActivity({ ...ports, operations: instance.store.operations }, context)
  return {
    json: {
      since: isoText(shown.since),
      clients: shown.clients,
      unknown: shown.unknown.map((source) => ({ ...source, lastSeenAt: isoText(source.lastSeenAt) })),
    },
    text: (width) => textOf(shown, width),
  }
}

function textOf({ since, clients, unknown }: RadiusActivity, width: number): string {
  if (since === null) return 'No instance has counted anything at its RADIUS edge.'
  const heard = clients.length === 0 ? 'Nothing came from any client.' : tableText(clients.map(clientRow), width)
  const strangers =
    unknown.length === 0
      ? 'No address that is no client sent anything.'
      : `Addresses that are no client, and got no answer:\n${tableText(
          unknown.map(({ address, packets, lastSeenAt }) => ({
            address,
            packets,
            'last seen': instantText(lastSeenAt),
          })),
          width,
        )}`
  return `Counted since ${instantText(since)}\n\n${heard}\n\n${strangers}`
}

function clientRow(client: RadiusClientCounts & { readonly name: string }): Row {
  return {
    client: client.name,
    requests: client.requests,
    accepted: client.accepts,
    rejected: client.rejects,
    questions: client.challenges,
    repeated: client.resent,
    'garbage passwords': client.garbagePasswords,
    unanswered: Object.entries(client.dropped)
      .map(([reason, count]) => `${count} ${reason}`)
      .join(', '),
  }
}
