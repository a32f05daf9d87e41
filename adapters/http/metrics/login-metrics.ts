import type { ClockDoubt } from '@driftlock/application'
import { watchClock } from './clock-metrics.ts'
import { type AppCodeMetrics, appCodeMetrics, type HaTotals, watchHa } from './ha-metrics.ts'
import { type RadiusTotals, watchRadius } from './radius-metrics.ts'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** Through what a log-on came. */
export type Edge = 'agent-api' | 'radius' | 'console'

export type LoginOutcome = 'accept' | 'reject' | 'challenge'

export interface Metrics {
  readonly registry: Registry
  /** One log-on or answer was judged, and its record is on disk. */
  login(edge: Edge, outcome: LoginOutcome): void
  /** From the arrival of a log-on at the use case to its answer on disk. */
  loginTook(edge: Edge, durationMs: number): void
  /** How far an accepted code lay from where its token was expected. */
  drift(surpriseMs: number): void
  /** One transaction of the hot path. */
  batch(kind: 'lookup' | 'commit', size: number): void
  /** What waits or is under way on the hot path at the moment of the scrape. */
  watchQueue(read: () => number): void
  /** What the RADIUS edge has counted at the moment of the scrape. */
  watchRadius(read: () => RadiusTotals): void
  /** Why the server doubts its own clock at the moment of the scrape. */
  watchClock(read: () => readonly Pick<ClockDoubt, 'reason'>[]): void
  /** How the synchronisation with the cloud stands at the moment of the scrape. */
  watchHa(read: () => Promise<HaTotals>): void
  /** Log-ons with codes of apps. */
  readonly appCodes: AppCodeMetrics
}

const LOGIN_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.015, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]
const DRIFT_SECONDS = [-300, -120, -60, -30, -15, -5, 0, 5, 15, 30, 60, 120, 300]
const BATCH_SIZES = [1, 2, 4, 8, 16, 32, 64, 128, 256]

/** Metrics of one instance, for Prometheus. */
export function makeMetrics(instance: string): Metrics {
  const registry = new Registry()
  registry.setDefaultLabels({ instance_name: instance })
  collectDefaultMetrics({ register: registry, prefix: 'driftlock_' })
  const registers = [registry]
  const logins = new Counter({
    name: 'driftlock_logins_total',
    help: 'Log-ons and answers judged',
    labelNames: ['edge', 'outcome'],
    registers,
  })
  const seconds = new Histogram({
    name: 'driftlock_login_seconds',
    help: 'Time from the arrival of a log-on to its answer on disk',
    labelNames: ['edge'],
    buckets: LOGIN_SECONDS,
    registers,
  })
  const drift = new Histogram({
    name: 'driftlock_token_drift_seconds',
    help: 'Distance of accepted codes from where their tokens were expected',
    buckets: DRIFT_SECONDS,
    registers,
  })
  const batches = new Histogram({
    name: 'driftlock_batch_size',
    help: 'Log-ons that shared one look-up or one transaction',
    labelNames: ['kind'],
    buckets: BATCH_SIZES,
    registers,
  })
  return {
    registry,
    login: (edge, outcome) => logins.inc({ edge, outcome }),
    loginTook: (edge, durationMs) => seconds.observe({ edge }, durationMs / 1000),
    drift: (surpriseMs) => drift.observe(surpriseMs / 1000),
    batch: (kind, size) => batches.observe({ kind }, size),
    watchQueue: (read) => void queueGauge(registry, read),
    watchRadius: (read) => watchRadius(registry, read),
    watchClock: (read) => watchClock(registry, read),
    watchHa: (read) => watchHa(registry, read),
    appCodes: appCodeMetrics(registry),
  }
}

function queueGauge(registry: Registry, read: () => number): Gauge {
  return new Gauge({
    name: 'driftlock_hot_path_queue',
    help: 'Log-ons that wait for a look-up or a commit',
    registers: [registry],
    collect() {
      this.set(read())
    },
  })
}
