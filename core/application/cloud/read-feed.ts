import { seedContext } from '../authentication/snapshot-of.ts'
import type { CloudCipher } from '../ports/cloud-cipher.ts'
import type { ConnectedManager, FeedItem, SealedToManager } from '../ports/cloud-subjects.ts'
import type { CloudPorts } from './cloud-ports.ts'

export type FeedPorts = CloudPorts & { readonly cipher: CloudCipher }

export interface FeedPlace {
  readonly changeTimeMs: number
  readonly recordId: string
}

/** A record of the feed with its seed sealed to the manager; `sealedSeed` is undefined when it is revoked. */
export interface FeedRecord extends FeedItem {
  readonly sealedSeed: string | undefined
}

/** A page of the feed of a manager's company, and whether there is more behind it. */
export async function readFeed(
  ports: FeedPorts,
  manager: ConnectedManager,
  { after, limit }: { readonly after: FeedPlace | undefined; readonly limit: number },
): Promise<{ readonly records: readonly FeedRecord[]; readonly hasMore: boolean }> {
  const { id: managerId, companyId, sealingKey } = manager
  const request = { companyId, managerId, sealingKeyId: sealingKey.id, limit: limit + 1 }
  const items = await ports.cloud.read.feed({ ...request, ...(after !== undefined && { after }) })
  return { records: await withSealedSeeds(ports, manager, items.slice(0, limit)), hasMore: items.length > limit }
}

/** What one user has, wherever it stands in the feed: for a manager that has just found the user. */
export async function readUserRecords(
  ports: FeedPorts,
  manager: ConnectedManager,
  { attribute, sourceName }: { readonly attribute: string; readonly sourceName: string | undefined },
): Promise<readonly FeedRecord[]> {
  const { id: managerId, companyId, sealingKey } = manager
  const users = await ports.cloud.read.usersByAttribute(companyId, attribute, sourceName)
  const userIds = users.map(({ id }) => id)
  const request = { companyId, managerId, sealingKeyId: sealingKey.id, limit: MOST_RECORDS, userIds }
  return withSealedSeeds(ports, manager, await ports.cloud.read.userFeed(request))
}

const MOST_RECORDS = 1000

/** Whether managers may use it now. */
export function isInUse({ device, userEnabled }: FeedItem): boolean {
  return device.status === 'active' && userEnabled
}

/** Seals what was not sealed to this key before, and remembers it: a step that moves on costs no new sealing. */
async function withSealedSeeds(
  ports: FeedPorts,
  manager: ConnectedManager,
  items: readonly FeedItem[],
): Promise<readonly FeedRecord[]> {
  const unsealed = items.filter((item) => isInUse(item) && item.sealedToManager === null && item.seed !== null)
  const fresh = new Map<string, SealedToManager>()
  const sealed = await ports.cipher.sealSeeds(
    manager.sealingKey,
    unsealed.map(({ device, seed }) => ({
      facts: { managerId: manager.id, recordId: device.id, serial: device.serial, seedVersion: device.seedVersion },
      seed: ports.keys.open('seed', seedContext(device.id), seed ?? new Uint8Array()), // filtered above
    })),
  )
  unsealed.forEach(({ device: { id: deviceId, seedVersion } }, index) => {
    fresh.set(deviceId, { deviceId, seedVersion, sealed: sealed[index] ?? '' }) // one for each
  })
  if (fresh.size > 0) {
    const { id, sealingKey } = manager
    await ports.cloud.transaction((tx) => tx.rememberSealed(id, sealingKey.id, [...fresh.values()]))
  }
  return items.map((item) => ({
    ...item,
    sealedSeed: isInUse(item) ? (item.sealedToManager ?? fresh.get(item.device.id)?.sealed) : undefined,
  }))
}
