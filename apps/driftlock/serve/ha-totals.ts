import { haAlarm } from '@driftlock/application'
import type { HaTotals } from '@driftlock/http'
import type { Instance } from '../instance/open-instance.ts'

/** The synchronisation in numbers, for Prometheus. */
export async function haTotals({ highAvailability, store }: Instance): Promise<HaTotals> {
  const { connected, overdue, lastGoodAt, failuresInARow } = await haAlarm(highAvailability)
  const counts = await store.administration.read.highAvailability.counts()
  const unmatched = Object.values(counts.unmatched).reduce((sum, count) => sum + count, 0)
  return { ...counts, connected, overdue, failuresInARow, unmatched, lastGoodAtMs: lastGoodAt }
}
