import { Counter, Gauge, type Registry } from 'prom-client'

/** How high availability stands at the moment of the scrape. */
export interface HaTotals {
  readonly connected: boolean
  readonly overdue: boolean
  readonly lastGoodAtMs: number | null
  readonly failuresInARow: number
  readonly matched: number
  readonly unmatched: number
  readonly revoked: number
  readonly deletedHere: number
}

export type AppCodeOutcome = 'accepted' | 'used' | 'refused' | 'unreachable'
export type BreakerState = 'closed' | 'open' | 'trying'

/** What log-ons with codes of apps tell. */
export interface AppCodeMetrics {
  answered(outcome: AppCodeOutcome, durationMs: number): void
  breaker(state: BreakerState): void
}

const GAUGES: readonly (readonly [string, string, (totals: HaTotals) => number])[] = [
  ['driftlock_ha_connected', '1 = connected to a cloud access service', ({ connected }) => Number(connected)],
  [
    'driftlock_ha_alarm',
    '1 = the last good run is longer ago than the setting allows',
    ({ overdue }) => Number(overdue),
  ],
  [
    'driftlock_ha_last_good_run_timestamp_seconds',
    'End of the last good run; 0 = there was none',
    ({ lastGoodAtMs }) => (lastGoodAtMs ?? 0) / 1000,
  ],
  [
    'driftlock_ha_failures_in_a_row',
    'Runs that failed since the last good one',
    ({ failuresInARow }) => failuresInARow,
  ],
]

const RECORDS = ['matched', 'unmatched', 'revoked', 'deletedHere'] as const

/** Counting a million records takes a while: scrapes within this time share it. */
const FRESH_MS = 30_000

/** Gauges of the synchronisation. @param read At most every half minute. */
export function watchHa(registry: Registry, read: () => Promise<HaTotals>): void {
  const registers = [registry]
  let last: { readonly atMs: number; readonly totals: Promise<HaTotals> } | undefined
  const totals = (): Promise<HaTotals> => {
    const nowMs = performance.now()
    if (last === undefined || nowMs - last.atMs > FRESH_MS) last = { atMs: nowMs, totals: read() }
    return last.totals
  }
  for (const [name, help, value] of GAUGES) {
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        this.set(value(await totals()))
      },
    })
  }
  new Gauge({
    name: 'driftlock_ha_records',
    help: 'High-availability tokencode records',
    labelNames: ['state'],
    registers,
    async collect() {
      const counted = await totals()
      for (const state of RECORDS) this.set({ state }, counted[state])
    },
  })
}

const BREAKER = { closed: 0, trying: 1, open: 2 } as const satisfies Record<BreakerState, number>

export function appCodeMetrics(registry: Registry): AppCodeMetrics {
  const registers = [registry]
  const asked = new Counter({
    name: 'driftlock_ha_verifications_total',
    help: 'Codes of apps the cloud was asked about, by what came of it',
    labelNames: ['outcome'],
    registers,
  })
  const slow = new Counter({
    name: 'driftlock_ha_verification_seconds_total',
    help: 'Seconds log-ons waited for the cloud in all',
    registers,
  })
  const breaker = new Gauge({
    name: 'driftlock_ha_breaker',
    help: '0 = the cloud is asked, 1 = one call finds out, 2 = it is not asked for a while',
    registers,
  })
  breaker.set(BREAKER.closed)
  return {
    answered(outcome, durationMs) {
      asked.inc({ outcome })
      slow.inc(durationMs / 1000)
    },
    breaker: (state) => breaker.set(BREAKER[state]),
  }
}
