import { setTimeout as sleep } from 'node:timers/promises'
import { cloudEntry, rewrapSealed, type RewrapProgress } from '@driftlock/application'
import { addMs } from '@driftlock/domain'
import { KEY_PURPOSES, rotateDataKey } from '@driftlock/keys'
import { type Cloud, COMMAND_CONTEXT } from './open-cloud.ts'

export interface CloudKeyRotation {
  /** Ids of the new keys, by purpose. */
  readonly made: Readonly<Record<string, string>>
  readonly resealed: number
}

/**
 * New data keys, and every seed and private key of the service sealed again under them. Processes that serve go on: they are
 * given `graceMs` to load the new keys. May be repeated at any point: an interrupted one is made good by the next.
 */
export async function rotateCloudDataKeys(
  cloud: Cloud,
  { graceMs, onProgress }: { readonly graceMs: number; readonly onProgress?: (progress: RewrapProgress) => void },
): Promise<CloudKeyRotation> {
  const { ring, parts } = cloud.dataKeys
  const made: Record<string, string> = {}
  for (const purpose of KEY_PURPOSES) made[purpose] = await rotateDataKey(ring, parts, { purpose, graceMs })
  const until = addMs(cloud.clock.now(), graceMs)
  while (cloud.clock.now() < until) await sleep(until - cloud.clock.now())
  let resealed = 0
  for await (const progress of rewrapSealed(ring, cloud.cloud.sealedColumns)) {
    resealed = progress.done
    onProgress?.(progress)
  }
  await cloud.cloud.transaction(async (tx) => {
    tx.audit(cloudEntry(cloud, COMMAND_CONTEXT, { action: 'rotate-keys', after: { made, resealed } }))
  })
  return { made, resealed }
}
