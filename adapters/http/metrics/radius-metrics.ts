import { Gauge, type Registry } from 'prom-client'

/** Since the start of the instance, over all clients there are now. */
export interface RadiusTotals {
  readonly requests: number
  readonly resent: number
  readonly garbagePasswords: number
  readonly dropped: number
  readonly suspectedClients: number
  readonly unknownClientPackets: number
}

const GAUGES: readonly (readonly [string, string, keyof RadiusTotals])[] = [
  ['driftlock_radius_requests', 'Access-Requests of known clients since the start', 'requests'],
  ['driftlock_radius_resent', 'Answers sent again to repeated requests since the start', 'resent'],
  ['driftlock_radius_garbage_passwords', 'Unreadable passwords since the start', 'garbagePasswords'],
  ['driftlock_radius_dropped', 'Packets of known clients without an answer since the start', 'dropped'],
  ['driftlock_radius_suspected_clients', 'Clients whose shared secret looks wrong', 'suspectedClients'],
  ['driftlock_radius_unknown_client_packets', 'Packets from no client since the start', 'unknownClientPackets'],
]

/** Gauges, not counters: a client that is removed takes its counts with it. */
export function watchRadius(registry: Registry, read: () => RadiusTotals): void {
  for (const [name, help, field] of GAUGES) {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read()[field])
      },
    })
  }
}
