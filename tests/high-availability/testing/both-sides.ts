import { seedContext, type ShownRecord } from '@driftlock/application'
import type { Cloud } from '@driftlock/cloud'
import { NO_STEP } from '@driftlock/domain'
import type { FakeCloud } from '../../use-cases/testing/fake-cloud.ts'
import type { Manager } from './manager.ts'

/** A record with what must be alike on both sides. */
export interface SideRecord {
  readonly recordId: string
  readonly serial: string
  readonly userAttribute: string
  readonly identitySource: string
  readonly state: 'active' | 'revoked'
  readonly seedVersion: number
  readonly changeTimeMs: number
  /** In hexadecimal; null = there is none, as it must be for a revoked one. */
  readonly seed: string | null
}

const PAGE = 1000

/** A record of the cloud. */
export interface CloudSideRecord extends SideRecord {
  /** Highest step used, below 0 = none. */
  readonly lastUsedStep: bigint
}

/** Every record of a company as the cloud has it, in the order of the serial. Nothing is sealed for it. */
export async function recordsOfCloud({ cloud, keys }: Cloud, companyId: string): Promise<readonly CloudSideRecord[]> {
  const found: CloudSideRecord[] = []
  for (let after: { changeTimeMs: number; recordId: string } | undefined; ; ) {
    const place = { companyId, managerId: 'proof', sealingKeyId: 'proof', limit: PAGE }
    const items = await cloud.read.feed({ ...place, ...(after !== undefined && { after }) })
    for (const { device, userEnabled, attribute, sourceName, changeTime, seed } of items) {
      const isActive = device.status === 'active' && userEnabled
      const plain = isActive && seed !== null ? keys.open('seed', seedContext(device.id), seed) : null
      found.push({
        recordId: device.id,
        serial: device.serial,
        userAttribute: attribute,
        identitySource: sourceName,
        state: isActive ? 'active' : 'revoked',
        seedVersion: device.seedVersion,
        changeTimeMs: changeTime,
        seed: plain && Buffer.from(plain).toString('hex'),
        lastUsedStep: device.highWaterStep,
      })
      after = { changeTimeMs: changeTime, recordId: device.id }
    }
    if (items.length < PAGE) return inOrder(found)
  }
}

/** A record as the manager has it, with the token that serves its user. */
export interface ManagerRecord extends SideRecord {
  readonly username: string | null
  readonly reason: string | null
  /** Highest step used, of the token; null = there is no token. */
  readonly tokenStep: bigint | null
}

export interface ManagerSide {
  readonly records: readonly ManagerRecord[]
  /** Serials of all tokens of apps that are in the store, each as often as it is. */
  readonly tokenSerials: readonly string[]
}

/** Every record and every app's token of a manager, in the order of the serial, seeds opened. */
export async function recordsOfManager(manager: Manager): Promise<ManagerSide> {
  const { read } = manager.ports.administration
  const tokenSerials = (await allPages((page) => read.tokens.search({ serialPrefix: 'MFA' }, page))).map(
    ({ record }) => record.serial,
  )
  const waiting = new Map<string, string>()
  for (const { recordId, tokenId, seed } of await read.highAvailability.waitingSeeds('', PAGE))
    waiting.set(recordId, opened(manager, tokenId, seed))
  const shown = await allPages((page) => read.highAvailability.records({}, page))
  const records: ManagerRecord[] = []
  // One after another: hundreds at once would wait for a connection longer than the store allows.
  for (const record of shown) records.push(await withToken(manager, record, waiting))
  return { records: inOrder(records), tokenSerials: tokenSerials.toSorted() }
}

async function withToken(
  manager: Manager,
  record: ShownRecord,
  waiting: ReadonlyMap<string, string>,
): Promise<ManagerRecord> {
  const { recordId, serial, userAttribute, identitySource, state, seedVersion, changeTimeMs, username, reason } = record
  const common = { recordId, serial, userAttribute, identitySource, state, seedVersion, changeTimeMs, username, reason }
  const { tokens } = manager.ports.administration.read
  const token = await tokens.findBySerial(serial)
  if (token === undefined) return { ...common, seed: waiting.get(recordId) ?? null, tokenStep: null }
  const seeds = await tokens.seeds(token.record.id)
  if (seeds === undefined) throw new Error(`${serial} has a token without a seed.`)
  return { ...common, seed: opened(manager, token.record.id, seeds.seed), tokenStep: token.state.highWaterStep }
}

function opened({ keys }: Manager, tokenId: string, sealed: Uint8Array): string {
  return Buffer.from(keys.open('seed', seedContext(tokenId), sealed)).toString('hex')
}

async function allPages<T>(
  read: (page: { limit: number; after?: string }) => Promise<{ readonly items: readonly T[]; readonly next?: string }>,
): Promise<readonly T[]> {
  const found: T[] = []
  for (let after: string | undefined; ; ) {
    const { items, next } = await read({ limit: PAGE, ...(after !== undefined && { after }) })
    found.push(...items)
    if (next === undefined) return found
    after = next
  }
}

function inOrder<T extends SideRecord>(records: readonly T[]): readonly T[] {
  return records.toSorted((one, other) => (one.serial < other.serial ? -1 : 1))
}

/** Every record of a cloud that is only played, in the same form. */
export function recordsOfFake({ records }: FakeCloud): readonly CloudSideRecord[] {
  const found = [...records.values()].map(({ seed, lastUsedStep, ...record }) => ({
    recordId: record.recordId,
    serial: record.serial,
    userAttribute: record.userAttribute,
    identitySource: record.identitySource,
    state: record.state,
    seedVersion: record.seedVersion,
    changeTimeMs: record.changeTimeMs,
    seed: record.state === 'active' ? Buffer.from(seed).toString('hex') : null,
    lastUsedStep: lastUsedStep ?? NO_STEP,
  }))
  return inOrder(found)
}
