import { haAlarm } from '@driftlock/application'
import type { Instance } from '../instance/open-instance.ts'
import type { Finding } from './folder-findings.ts'

/** Whether records of the cloud still come, and whether all of them found their users. */
export async function haFindings({ highAvailability, store }: Instance): Promise<readonly Finding[]> {
  const { connected, overdue, lastGoodAt, failuresInARow } = await haAlarm(highAvailability)
  if (!connected) return []
  const check = 'cloud'
  const { unmatched, deletedHere } = await store.administration.read.highAvailability.counts()
  const without = Object.values(unmatched).reduce((sum, count) => sum + count, 0)
  const last = lastGoodAt === null ? 'never' : new Date(lastGoodAt).toISOString()
  const runs: Finding = overdue
    ? {
        check,
        level: 'fault',
        text: `The last good run of the synchronisation was ${last}; ${failuresInARow} failed since.`,
        advice: 'See why with: driftlock ha status. Then: driftlock ha sync',
      }
    : { check, level: 'good', text: `The last good run of the synchronisation was ${last}.`, advice: '' }
  if (without + deletedHere === 0) return [runs]
  return [
    runs,
    {
      check,
      level: 'note',
      text: `${without} records of apps have no user here, ${deletedHere} tokens of apps were deleted here.`,
      advice: 'List them with: driftlock ha unmatched. Deleted ones come back with: driftlock ha resync',
    },
  ]
}
