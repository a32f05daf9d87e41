import type { HttpModule } from '../server/http-module.ts'

/** One thing that must be in order; `degraded` still serves. Rejecting counts as `failed`. */
export interface HealthCheck {
  readonly name: string
  readonly check: () => Promise<'ok' | 'degraded' | 'failed'>
}

/** A check that hangs is taken for failed. */
const PATIENCE_MS = 2_000
/** Probes of several watchers within this time share one run. */
const FRESH_MS = 1_000

/** A watcher that shares its address with users must not take the instance for dead because they ask too often. */
const UNCOUNTED = { config: { rateLimit: false as const } }

/** `/healthz/live`: the process answers. `/healthz/ready`: it can judge log-ons; 503 tells a balancer to go elsewhere. */
export function health(checks: readonly HealthCheck[]): HttpModule {
  let last: { readonly atMs: number; readonly report: Promise<Report> } | undefined
  return {
    name: 'health',
    register(app) {
      app.get('/healthz/live', UNCOUNTED, async () => ({ status: 'ok' }))
      app.get('/healthz/ready', UNCOUNTED, async (request, reply) => {
        const nowMs = performance.now()
        if (last === undefined || nowMs - last.atMs > FRESH_MS) last = { atMs: nowMs, report: runAll(checks) }
        const report = await last.report
        if (report.status === 'failed') request.log.warn({ checks: report.checks }, 'not ready')
        return reply.code(report.status === 'failed' ? 503 : 200).send(report)
      })
    },
  }
}

type State = 'ok' | 'degraded' | 'failed'

interface Report {
  readonly status: State
  readonly checks: Readonly<Record<string, State>>
}

async function runAll(checks: readonly HealthCheck[]): Promise<Report> {
  const states = await Promise.all(checks.map(async ({ name, check }) => [name, await outcomeOf(check)] as const))
  const has = (wanted: State): boolean => states.some(([, state]) => state === wanted)
  return { status: has('failed') ? 'failed' : has('degraded') ? 'degraded' : 'ok', checks: Object.fromEntries(states) }
}

async function outcomeOf(check: HealthCheck['check']): Promise<State> {
  const timer = Promise.withResolvers<State>()
  const timeout = setTimeout(() => timer.resolve('failed'), PATIENCE_MS)
  try {
    return await Promise.race([check(), timer.promise])
  } catch {
    return 'failed'
  } finally {
    clearTimeout(timeout)
  }
}
