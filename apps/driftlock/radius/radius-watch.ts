import type { RadiusTotals, RadiusWatch } from '@driftlock/http'
import type { RadiusServer } from '@driftlock/radius'
import type { RunningRadius } from './start-radius.ts'

/** What the listener counted, for the administration API. */
export function radiusWatch({ server, counted }: RunningRadius): RadiusWatch {
  return {
    counts: () => counted.all(),
    suspectsWrongSecret: (clientId) => server.suspectsWrongSecret(clientId),
  }
}

/** The sums over all clients, for metrics. */
export function radiusTotals(server: RadiusServer): RadiusTotals {
  return { ...server.totals(), unknownClientPackets: server.unknownPackets() }
}
