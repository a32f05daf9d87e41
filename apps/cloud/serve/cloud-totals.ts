import type { CloudTotals } from '@driftlock/http'
import type { Cloud } from '../instance/open-cloud.ts'

/** What a scrape is told of all companies together, and of each manager that is connected. */
export async function cloudTotals({ cloud: { read } }: Pick<Cloud, 'cloud'>): Promise<CloudTotals> {
  let [users, activeApps] = [0, 0]
  const managers: CloudTotals['managers'][number][] = []
  for (const { id: companyId, name: company } of await read.companies()) {
    const counts = await read.counts(companyId)
    users += counts.users
    activeApps += counts.activeApps
    for (const { id, name, lastSeenAt, revokedAt } of await read.managers(companyId))
      if (revokedAt === null) managers.push({ company, name, id, lastSeenAtMs: lastSeenAt })
  }
  return { users, activeApps, managers }
}
