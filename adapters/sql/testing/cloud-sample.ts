import { randomBytes } from 'node:crypto'
import type { AppDevice, Clock, CloudStore, CloudUser, Company, FeedItem } from '@driftlock/application'
import { newApp } from '@driftlock/application'
import { NO_GUESSES, type UnixMs, unixMs } from '@driftlock/domain'
import { type OpenCloudStore, openCloudStore } from '../cloud/open-cloud-store.ts'
import { plainAuditChain } from './plain-audit-chain.ts'
import { sampleId } from './sample-data.ts'

const random = { bytes: (count: number) => new Uint8Array(randomBytes(count)) }

/** Opens the cloud's database as a process of that name, whose clock reads `now`. */
export function openCloudAs(process: string, database: string, now: () => number = Date.now): Promise<OpenCloudStore> {
  return openCloudStore({ database, auditChain: plainAuditChain(process), now: () => unixMs(now()) })
}

export interface SampleCompany {
  readonly company: Company
  readonly sourceId: string
}

export async function storedCompany(store: CloudStore): Promise<SampleCompany> {
  const id = sampleId()
  const name = `company-${randomBytes(6).toString('hex')}`
  const company = { id, name, displayName: 'A company', haEnabled: true, createdAt: unixMs(1), version: 1 }
  const sourceId = sampleId()
  await store.transaction(async (tx) => {
    await tx.insertCompany(company)
    await tx.insertSource({ id: sourceId, companyId: id, name: 'Employees' })
  })
  return { company, sourceId }
}

export function sampleCloudUser({ company, sourceId }: SampleCompany, attribute: string): CloudUser {
  return {
    id: sampleId(),
    companyId: company.id,
    sourceId,
    attribute,
    displayName: attribute,
    enabled: true,
    guesses: NO_GUESSES,
    createdAt: unixMs(1),
    version: 1,
  }
}

/** An app in use, not stored yet. */
export function sampleApp(user: CloudUser, changeTime: UnixMs): AppDevice {
  const clock: Clock = { now: () => unixMs(1), monotonicMs: () => 0 }
  const app = newApp({ clock, random }, { companyId: user.companyId, userId: user.id, publicName: 'Phone' })
  return { ...app, id: sampleId(), status: 'active', proofUntil: null, provenAt: unixMs(1), changeTime }
}

/** A user with an app in use. */
export async function storedApp(store: CloudStore, place: SampleCompany, attribute: string): Promise<AppDevice> {
  const user = sampleCloudUser(place, attribute)
  return store.transaction(async (tx) => {
    const device = sampleApp(user, await tx.changeTime(place.company.id))
    await tx.insertUsers([user])
    await tx.insertDevices([{ device, seed: random.bytes(65) }])
    return device
  })
}

/** Follows the feed from a place to its end by pages. */
export async function followFeed(
  store: CloudStore,
  companyId: string,
  { after, limit }: { readonly after?: FeedItem | undefined; readonly limit: number },
): Promise<readonly FeedItem[]> {
  const seen: FeedItem[] = []
  for (let last = after; ; last = seen.at(-1)) {
    const place = last && { changeTimeMs: last.changeTime, recordId: last.device.id }
    const request = { companyId, limit, managerId: 'manager', sealingKeyId: 'key' }
    const page = await store.read.feed({ ...request, ...(place !== undefined && { after: place }) })
    seen.push(...page)
    if (page.length < limit) return seen
  }
}
