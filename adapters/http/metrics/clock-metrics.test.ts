import { expect, it } from 'vitest'
import { makeMetrics } from './login-metrics.ts'

it('tells scrapers for which reason the clock is doubted, and when it no longer is', async () => {
  const metrics = makeMetrics('am1')
  let doubts: { reason: 'fleet-moved' }[] = [{ reason: 'fleet-moved' }]
  metrics.watchClock(() => doubts)
  expect(await metrics.registry.metrics()).toMatch(/driftlock_clock_in_doubt\{reason="fleet-moved",.*\} 1\n/)
  doubts = []
  expect(await metrics.registry.metrics()).toMatch(/driftlock_clock_in_doubt\{reason="fleet-moved",.*\} 0\n/)
})
