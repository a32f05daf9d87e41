import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { authorisedDomains } from '../administration/authorise-act.ts'
import type { OperationsStore } from '../ports/operations-store.ts'
import type { RadiusClientCounts, RadiusCounts, UnknownRadiusSource } from '../ports/radius-count-store.ts'
import { addRadiusCounts } from '../radius/radius-counts.ts'
import { listRadiusClients } from './list-radius-clients.ts'

export interface RadiusActivity {
  /** Since when was counted; `null` = nothing was. */
  readonly since: number | null
  readonly clients: readonly (RadiusClientCounts & { readonly id: string; readonly name: string })[]
  /** Last seen first; strangers belong to no security domain, so only who sees the whole tree sees them. */
  readonly unknown: readonly UnknownRadiusSource[]
}

/** The counts of the instance that answers, fresher than those it has noted. */
export interface OwnRadiusCounts {
  readonly instanceName: string
  readonly counts: RadiusCounts
}

const PAGE = 1000

/** What passed between RADIUS clients and all instances of the deployment, restarts included, and who is no client. */
export async function viewRadiusActivity(
  ports: AdministrationPorts & { readonly operations: Pick<OperationsStore, 'radiusCounts'> },
  context: AdministrationContext,
  own?: OwnRadiusCounts,
): Promise<RadiusActivity> {
  const { read } = ports.administration
  const domains = await authorisedDomains(read, context, { permission: 'view-radius-clients' })
  const noted = new Map(await ports.operations.radiusCounts.all())
  if (own !== undefined) noted.set(own.instanceName, own.counts)
  const counts = addRadiusCounts([...noted.values()])
  if (counts === undefined) return { since: null, clients: [], unknown: [] }
  const clients: RadiusActivity['clients'][number][] = []
  for (let after: string | undefined; ; ) {
    const page = await listRadiusClients(ports, context, { limit: PAGE, ...(after !== undefined && { after }) })
    for (const { id, name } of page.items) {
      const counted = counts.clients[id]
      if (counted !== undefined) clients.push({ id, name, ...counted })
    }
    if (page.next === undefined) break
    after = page.next
  }
  return { since: counts.since, clients, unknown: domains === undefined ? counts.unknown : [] }
}
