import type { Clock } from '@driftlock/application'
import { addMs } from '@driftlock/domain'
import type { RadiusTotals, RadiusWatch } from '@driftlock/http'
import type { RadiusServer } from '@driftlock/radius'

/** What the listener counted, for the administration API. */
export function radiusWatch(server: RadiusServer, clock: Clock): RadiusWatch {
  return {
    counters(clientId) {
      const counters = server.counters(clientId)
      if (counters === undefined) return undefined
      return { ...counters, dropped: { ...counters.dropped } }
    },
    suspectsWrongSecret: (clientId) => server.suspectsWrongSecret(clientId),
    unknownClients: () => {
      const [now, monotonicMs] = [clock.now(), clock.monotonicMs()]
      return server.unknownClients().map(({ address, packets, lastSeenMs }) => ({
        address,
        packets,
        lastSeenAt: addMs(now, Math.round(lastSeenMs - monotonicMs)),
      }))
    },
  }
}

/** The sums over all clients, for metrics. */
export function radiusTotals(server: RadiusServer): RadiusTotals {
  return { ...server.totals(), unknownClientPackets: server.unknownPackets() }
}
