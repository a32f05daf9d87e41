import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MasterKey, masterKeyOf } from './master-key.ts'
import { KEY_PURPOSES, openKeyRing, refreshKeyRing } from './open-key-ring.ts'
import { KEY_GRACE_MS, rotateDataKey, rotateMasterKey } from './rotate-keys.ts'
import { FileKeyStore } from './testing/file-key-store.ts'
import { MemoryKeyStore } from './testing/memory-key-store.ts'
import { TestClock } from './testing/test-clock.ts'

const CELL = { table: 'tokens', column: 'seed', row: 'row-1' }
const SEED = Uint8Array.from({ length: 20 }, (_, index) => index + 100)
const masterOf = (fill: number): MasterKey => masterKeyOf(new Uint8Array(32).fill(fill), `file /keys/master-${fill}`)

function parts(store = new MemoryKeyStore(), masterKeys: readonly [MasterKey, ...MasterKey[]] = [masterOf(1)]) {
  return { store, clock: new TestClock(), masterKeys }
}

describe('opening the key ring', () => {
  it('makes one key for each purpose at the first start and none at the next', async () => {
    const ours = parts()
    await openKeyRing(ours)
    expect(ours.store.keys.map((key) => key.purpose).toSorted()).toEqual(KEY_PURPOSES.toSorted())
    await openKeyRing(ours)
    expect(ours.store.keys).toHaveLength(KEY_PURPOSES.length)
  })

  it('lets two instances that start together end with the same keys', async () => {
    const store = new MemoryKeyStore()
    const [first, second] = await Promise.all([openKeyRing(parts(store)), openKeyRing(parts(store))])
    expect(second.open('seed', CELL, first.seal('seed', CELL, SEED))).toEqual(SEED)
    expect(first.pinKeys().current).toEqual(second.pinKeys().current)
  })

  it('refuses a wrong master key, names both keys and writes nothing', async () => {
    const store = new MemoryKeyStore()
    await openKeyRing(parts(store))
    const before = structuredClone(store.keys.map((key) => key.id))
    const failure = openKeyRing(parts(store, [masterOf(2)]))
    await expect(failure).rejects.toMatchObject({ code: 'MASTER_KEY_WRONG' })
    await expect(failure).rejects.toThrow(`${masterOf(2).id} from the file /keys/master-2`)
    await expect(failure).rejects.toThrow(`wrapped by master key ${masterOf(1).id}`)
    expect(store.keys.map((key) => key.id)).toEqual(before)
  })

  it('refuses a data key whose row was changed in any field it is bound to', async () => {
    const store = new MemoryKeyStore()
    await openKeyRing(parts(store))
    const original = store.keys
    const [key, other] = original
    if (key === undefined || other === undefined) return expect.unreachable()
    const changes = [
      { generation: 2 },
      { activeFrom: masterOf.length + 5 },
      { wrapped: other.wrapped },
      { wrapped: key.wrapped.subarray(1) },
      { purpose: 'session' },
    ]
    for (const change of changes) {
      store.keys = original.map((one) => (one === key ? Object.assign({ ...one }, change) : one))
      await expect(openKeyRing(parts(store))).rejects.toMatchObject({ code: 'DATA_KEY_DAMAGED' })
    }
  })
})

describe('rotating a data key', () => {
  it('seals under the new key after the grace time, and the old key still opens', async () => {
    const ours = parts()
    const ring = await openKeyRing(ours)
    const old = ring.seal('seed', CELL, SEED)
    const id = await rotateDataKey(ring, ours, { purpose: 'seed', graceMs: KEY_GRACE_MS })
    expect(ring.currentKeyId('seed')).toBe(ring.sealedUnder(old))
    ours.clock.advanceMs(KEY_GRACE_MS)
    expect(ring.currentKeyId('seed')).toBe(id)
    expect(ring.sealedUnder(ring.seal('seed', CELL, SEED))).toBe(id)
    expect(ring.open('seed', CELL, old)).toEqual(SEED)
  })

  it('reaches another running instance by refresh before the key is used', async () => {
    const ours = parts()
    const theirs = { ...parts(ours.store), clock: ours.clock }
    const ring = await openKeyRing(ours)
    const other = await openKeyRing(theirs)
    await rotateDataKey(ring, ours, { purpose: 'challenge', graceMs: KEY_GRACE_MS })
    await refreshKeyRing(other, theirs)
    ours.clock.advanceMs(KEY_GRACE_MS)
    expect(other.openText('challenge', ['u'], ring.sealText('challenge', ['u'], SEED))).toEqual(SEED)
  })

  it('keeps every pepper that may still verify a PIN', async () => {
    const ours = parts()
    const ring = await openKeyRing(ours)
    const before = ring.pinKeys().current
    const id = await rotateDataKey(ring, ours, { purpose: 'pin-pepper', graceMs: 0 })
    const { current, byId } = ring.pinKeys()
    expect(current.id).toBe(id)
    expect([...byId.keys()].toSorted()).toEqual([before.id, id].toSorted())
    expect(byId.get(before.id)).toEqual(before.key)
  })

  it('is settled by the store when two instances rotate at once', async () => {
    const store = new MemoryKeyStore()
    const [ours, theirs] = [parts(store), parts(store)]
    const [ring, other] = [await openKeyRing(ours), await openKeyRing(theirs)]
    const results = await Promise.allSettled([
      rotateDataKey(ring, ours, { purpose: 'seed', graceMs: 0 }),
      rotateDataKey(other, theirs, { purpose: 'seed', graceMs: 0 }),
    ])
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'KEY_STORE_BUSY' } })
    expect(store.keys.filter(({ purpose }) => purpose === 'seed')).toHaveLength(2)
  })
})

describe('changing the master key', () => {
  it('wraps all keys anew, opens with the new key alone and refuses the old one', async () => {
    const ours = parts()
    const sealed = (await openKeyRing(ours)).seal('seed', CELL, SEED)
    expect(await rotateMasterKey(ours, masterOf(9))).toBe(KEY_PURPOSES.length)
    const ring = await openKeyRing(parts(ours.store, [masterOf(9)]))
    expect(ring.open('seed', CELL, sealed)).toEqual(SEED)
    await expect(openKeyRing(ours)).rejects.toMatchObject({ code: 'MASTER_KEY_WRONG' })
    expect(await rotateMasterKey(ours, masterOf(9))).toBe(0)
  })

  it('does nothing when a key was added meanwhile', async () => {
    const ours = parts()
    const ring = await openKeyRing(ours)
    const store = Object.assign(new MemoryKeyStore(), { keys: ours.store.keys })
    store.list = async () => {
      const keys = await ours.store.list()
      await rotateDataKey(ring, ours, { purpose: 'seed', graceMs: 0 })
      store.keys = ours.store.keys
      return keys
    }
    await expect(rotateMasterKey({ ...ours, store }, masterOf(9))).rejects.toMatchObject({ code: 'KEY_STORE_BUSY' })
    expect(new Set(ours.store.keys.map((key) => key.masterKeyId))).toEqual(new Set([masterOf(1).id]))
  })

  it('lets a running instance seal on, but not add a key under the old master key', async () => {
    const ours = parts()
    const ring = await openKeyRing(ours)
    await rotateMasterKey(ours, masterOf(9))
    await refreshKeyRing(ring, ours)
    expect(ring.open('seed', CELL, ring.seal('seed', CELL, SEED))).toEqual(SEED)
    await expect(rotateDataKey(ring, ours, { purpose: 'seed', graceMs: 0 })).rejects.toMatchObject({
      code: 'MASTER_KEY_WRONG',
    })
  })
})

describe('what lies in the store', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'driftlock-keys-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('holds no pepper, master key or signing key in any spelling', async () => {
    const path = join(folder, 'keys.json')
    const ring = await openKeyRing({ ...parts(), store: new FileKeyStore(path) })
    const text = await readFile(path, 'utf8')
    const signing = ring.keys().newest('audit-signing')?.key.export({ format: 'der', type: 'pkcs8' }).subarray(-32)
    const seedKey = ring.keys().newest('seed')?.key.export()
    const secrets = [ring.pinKeys().current.key, new Uint8Array(32).fill(1), signing, seedKey]
    for (const secret of secrets) {
      const octets = Buffer.from(secret ?? [])
      expect(octets).toHaveLength(32)
      for (const spelling of ['hex', 'base64', 'base64url', 'latin1'] as const) {
        expect(text.toLowerCase()).not.toContain(octets.toString(spelling).slice(0, 24).toLowerCase())
      }
    }
    const again = await openKeyRing({ ...parts(), store: new FileKeyStore(path) })
    expect(again.pinKeys()).toEqual(ring.pinKeys())
  })
})
