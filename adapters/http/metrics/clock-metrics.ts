import type { ClockDoubt } from '@driftlock/application'
import { Gauge, type Registry } from 'prom-client'

const REASONS: readonly ClockDoubt['reason'][] = ['not-synchronised', 'wall-clock-jumped', 'fleet-moved']

/** Whether the server doubts its own clock, by reason. @param read Every standing doubt at the moment of the scrape. */
export function watchClock(registry: Registry, read: () => readonly Pick<ClockDoubt, 'reason'>[]): void {
  new Gauge({
    name: 'driftlock_clock_in_doubt',
    help: '1 = the server doubts its clock for this reason and learns no drift',
    labelNames: ['reason'],
    registers: [registry],
    collect() {
      const standing = new Set(read().map(({ reason }) => reason))
      for (const reason of REASONS) this.set({ reason }, Number(standing.has(reason)))
    },
  })
}
