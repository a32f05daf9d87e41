import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client'

/** How a cloud access service stands at the moment of the scrape. */
export interface CloudTotals {
  readonly users: number
  readonly activeApps: number
  /** Managers that are connected. */
  readonly managers: readonly {
    readonly company: string
    readonly name: string
    readonly id: string
    readonly lastSeenAtMs: number | null
  }[]
}

export type AppCodeAsker = 'app' | 'manager'

export interface CloudMetrics {
  readonly registry: Registry
  /** A code of an app was judged. */
  judged(asker: AppCodeAsker, outcome: string): void
  /** Records left in the feed or to a manager's question. */
  recordsSent(count: number): void
}

/** Counting apps takes a while: scrapes within this time share it. */
const FRESH_MS = 30_000

/** Metrics of a cloud access service, for Prometheus. @param read At most every half minute. */
export function makeCloudMetrics(read: () => Promise<CloudTotals>): CloudMetrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'driftlock_cloud_' })
  const registers = [registry]
  watchTotals(registers, sharedFor(FRESH_MS, read))
  const judged = new Counter({
    name: 'driftlock_cloud_tokencodes_total',
    help: 'Tokencodes of apps judged, by who asked and what came of it',
    labelNames: ['asker', 'outcome'],
    registers,
  })
  const sent = new Counter({
    name: 'driftlock_cloud_records_sent_total',
    help: 'High-availability tokencode records given to managers',
    registers,
  })
  return {
    registry,
    judged: (asker, outcome) => judged.inc({ asker, outcome }),
    recordsSent: (count) => sent.inc(count),
  }
}

function sharedFor<T>(ms: number, read: () => Promise<T>): () => Promise<T> {
  let last: { readonly atMs: number; readonly value: Promise<T> } | undefined
  return () => {
    const nowMs = performance.now()
    if (last === undefined || nowMs - last.atMs > ms) last = { atMs: nowMs, value: read() }
    return last.value
  }
}

function watchTotals(registers: Registry[], totals: () => Promise<CloudTotals>): void {
  const counts = [
    ['driftlock_cloud_users', 'Users of all companies', 'users'],
    ['driftlock_cloud_active_apps', 'Apps in use', 'activeApps'],
  ] as const
  for (const [name, help, field] of counts)
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        this.set((await totals())[field])
      },
    })
  new Gauge({
    name: 'driftlock_cloud_manager_last_seen_timestamp_seconds',
    help: 'When a connected manager last asked; 0 = never',
    labelNames: ['company', 'manager', 'id'],
    registers,
    async collect() {
      this.reset()
      for (const { company, name, id, lastSeenAtMs } of (await totals()).managers)
        this.set({ company, manager: name, id }, (lastSeenAtMs ?? 0) / 1000)
    },
  })
}
