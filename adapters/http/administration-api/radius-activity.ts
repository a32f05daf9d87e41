import { type AdministrationContext, authoriseAct, listRadiusClients } from '@driftlock/application'
import type { RadiusClientActivity } from '@driftlock/contracts'
import type { ApiServices } from '../api/services.ts'

const PAGE = 200

/** Counters of the clients the caller may see; strangers belong to no security domain, so only the whole tree shows them. */
export async function radiusActivity(services: ApiServices, context: AdministrationContext) {
  const { radiusWatch, administration } = services
  const watch = radiusWatch?.()
  if (watch === undefined) return { running: false, clients: [], unknown: [] }
  const clients: RadiusClientActivity[] = []
  for (let after: string | undefined; ; ) {
    const page = await listRadiusClients(services, context, { limit: PAGE, ...(after !== undefined && { after }) })
    for (const { id, name } of page.items) {
      const counters = watch.counters(id)
      if (counters !== undefined)
        clients.push({ id, name, ...counters, wrongSecretSuspected: watch.suspectsWrongSecret(id) })
    }
    if (page.next === undefined) break
    after = page.next
  }
  const seesAll = await authoriseAct(administration.read, context, {
    permission: 'view-radius-clients',
    securityDomainId: 'root',
  }).then(
    () => true,
    () => false,
  )
  return { running: true, clients, unknown: seesAll ? [...watch.unknownClients()] : [] }
}
