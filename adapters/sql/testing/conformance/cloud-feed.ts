import type { FeedItem } from '@driftlock/application'
import { step } from '@driftlock/domain'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OpenCloudStore } from '../../cloud/open-cloud-store.ts'
import { followFeed, openCloudAs, sampleApp, sampleCloudUser, storedApp, storedCompany } from '../cloud-sample.ts'
import type { EngineUnderTest } from './engine-under-test.ts'

function placeOf({ changeTime, device }: FeedItem): string {
  return `${String(changeTime).padStart(16, '0')}.${device.id}`
}

/** What every engine owes to a manager that follows the feed by its marker. */
export function cloudFeedSuite(engine: EngineUnderTest): void {
  describe('the feed of the cloud', () => {
    let clock = 1_000_000
    let one: OpenCloudStore
    let two: OpenCloudStore
    beforeAll(async () => {
      const database = await engine.newDatabase()
      one = await openCloudAs('one', database, () => clock)
      two = await openCloudAs('two', database, () => clock)
    })
    afterAll(async () => {
      await one.close()
      await two.close()
    })

    it('puts a transaction that is held open before every one that began later and committed', async () => {
      const place = await storedCompany(one)
      const companyId = place.company.id
      const held = Promise.withResolvers<void>()
      const entered = Promise.withResolvers<void>()
      const early = one.transaction(async (tx) => {
        const user = sampleCloudUser(place, 'early')
        const device = sampleApp(user, await tx.changeTime(companyId))
        await tx.insertUsers([user])
        await tx.insertDevices([{ device, seed: new Uint8Array(65) }])
        entered.resolve()
        await held.promise
      })
      await entered.promise
      let isLateThrough = false
      const late = storedApp(two, place, 'late').then((device) => {
        isLateThrough = true
        return device
      })
      await new Promise((resolve) => setTimeout(resolve, 300))
      const meanwhile = await followFeed(two, companyId, { limit: 10 })
      expect({ isLateThrough, meanwhile }).toEqual({ isLateThrough: false, meanwhile: [] })
      held.resolve()
      await Promise.all([early, late])
      const feed = await followFeed(two, companyId, { limit: 1 })
      expect(feed.map(({ attribute }) => attribute)).toEqual(['early', 'late'])
    })

    it('gives no change time twice though the clock stands or goes back', async () => {
      const place = await storedCompany(one)
      const times: number[] = []
      for (const at of [5_000, 5_000, 4_000, 4_000, 9_000, 1]) {
        clock = at
        times.push((await storedApp(one, place, `at-${times.length}`)).changeTime ?? 0)
      }
      expect(times).toEqual([5_000, 5_001, 5_002, 5_003, 9_000, 9_001])
    })

    it('gives records of one change time by page exactly once each', async () => {
      const place = await storedCompany(one)
      const users = Array.from({ length: 23 }, (_, index) => sampleCloudUser(place, `bulk-${index}`))
      await one.transaction(async (tx) => {
        const at = await tx.changeTime(place.company.id)
        await tx.insertUsers(users)
        await tx.insertDevices(users.map((user) => ({ device: sampleApp(user, at), seed: new Uint8Array(65) })))
      })
      for (const limit of [1, 2, 5, 23, 24]) {
        const ids = (await followFeed(one, place.company.id, { limit })).map(({ device }) => device.id)
        expect(ids).toHaveLength(23)
        expect(new Set(ids).size).toBe(23)
      }
    })

    it('loses and repeats nothing whoever writes at the same time, whatever the clocks say', async () => {
      const act = fc.record({
        store: fc.constantFrom<'one' | 'two'>('one', 'two'),
        device: fc.nat({ max: 5 }),
        clock: fc.integer({ min: 1_000, max: 1_010 }),
        reads: fc.boolean(),
        limit: fc.integer({ min: 1, max: 4 }),
      })
      await fc.assert(
        fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 24 }), async (acts) => {
          const place = await storedCompany(one)
          const companyId = place.company.id
          const apps = []
          for (let index = 0; index < 6; index++) apps.push(await storedApp(one, place, `user-${index}`))
          const known = new Map<string, bigint>()
          let last: FeedItem | undefined
          const follow = async (limit: number) => {
            const items = await followFeed(two, companyId, { after: last, limit })
            const places = [...(last === undefined ? [] : [last]), ...items].map(placeOf)
            expect(places).toEqual([...new Set(places)].toSorted())
            for (const { device } of items) known.set(device.id, device.highWaterStep)
            last = items.at(-1) ?? last
          }
          const writes: Promise<unknown>[] = []
          for (const [index, { store, device, clock: reading, reads, limit }] of acts.entries()) {
            clock = reading
            const deviceId = apps[device]?.id ?? ''
            const writer = store === 'one' ? one : two
            writes.push(
              writer.transaction(async (tx) =>
                tx.raiseSteps([{ deviceId, step: step(index + 1) }], await tx.changeTime(companyId)),
              ),
            )
            if (reads) await follow(limit)
          }
          await Promise.all(writes)
          await follow(3)
          for (const { id } of apps) expect(known.get(id)).toBe((await one.read.device(id))?.highWaterStep)
        }),
        { numRuns: 15 },
      )
    })

    it('remembers what was sealed to a manager until key or seed change', async () => {
      const place = await storedCompany(one)
      const app = await storedApp(one, place, 'sealed')
      const sealed = { deviceId: app.id, seedVersion: 1, sealed: 'a.b.c.d.e' }
      await one.transaction((tx) => tx.rememberSealed('manager', 'key', [sealed]))
      const read = async (sealingKeyId: string) => {
        const request = { companyId: place.company.id, limit: 1, managerId: 'manager', sealingKeyId }
        return (await one.read.feed(request))[0]?.sealedToManager
      }
      expect([await read('key'), await read('other key')]).toEqual(['a.b.c.d.e', null])
      await one.transaction(async (tx) => {
        const [device = app] = await tx.devicesBySerial(place.company.id, [app.serial])
        await tx.updateDevice({ ...device, seedVersion: 2, changeTime: await tx.changeTime(place.company.id) })
      })
      expect(await read('key')).toBeNull()
    })
  })
}

/** What an engine with many writers owes to several companies. SQLite has one writer at a time for everything. */
export function cloudCompaniesApartSuite(engine: EngineUnderTest): void {
  it('lets the changes of one company go on while those of another are held open', async () => {
    const store = await openCloudAs('one', await engine.newDatabase())
    const [held, free] = [await storedCompany(store), await storedCompany(store)]
    await store.transaction(async (tx) => {
      await tx.changeTime(held.company.id)
      await storedApp(store, free, 'free')
    })
    expect(await followFeed(store, free.company.id, { limit: 10 })).toHaveLength(1)
    await store.close()
  })
}
