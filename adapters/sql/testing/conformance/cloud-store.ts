import { NO_GUESSES, step, unixMs } from '@driftlock/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OpenCloudStore } from '../../cloud/open-cloud-store.ts'
import { followFeed, openCloudAs, sampleCloudUser, storedApp, storedCompany } from '../cloud-sample.ts'
import { sampleEntry } from '../sample-data.ts'
import type { EngineUnderTest } from './engine-under-test.ts'
import { openAs } from './engine-under-test.ts'

/** What every engine owes to a cloud access service. */
export function cloudStoreSuite(engine: EngineUnderTest): void {
  describe('the store of the cloud', () => {
    let store: OpenCloudStore
    let other: OpenCloudStore
    let database = ''
    beforeAll(async () => {
      database = await engine.newDatabase()
      store = await openCloudAs('one', database)
      other = await openCloudAs('two', database)
    })
    afterAll(async () => {
      await store.close()
      await other.close()
    })

    const subjectOf = async (name: string) => (await store.authentication.lookup([name])).subjects[0]

    it('finds a user for a log-on by company and attribute, whatever the case, and by the serial of the app', async () => {
      const place = await storedCompany(store)
      const app = await storedApp(store, place, 'Anna')
      const name = `${place.company.name}\\anna`
      const subject = await subjectOf(name)
      expect(subject?.user).toMatchObject({ id: app.userId, username: `${place.company.name}\\Anna` })
      expect(subject?.tokens[0]?.record).toMatchObject({ serial: app.serial, passcodeStyle: 'tokencode-only' })
      expect((await subjectOf(app.serial.toLowerCase()))?.user.id).toBe(app.userId)
      expect(await subjectOf('nobody\\anna')).toBeUndefined()
    })

    it('finds nobody by an attribute that two sources of the company know', async () => {
      const place = await storedCompany(store)
      await storedApp(store, place, 'twin')
      const sourceId = `${place.sourceId}-2`
      await store.transaction((tx) =>
        tx.insertSource({ id: sourceId, companyId: place.company.id, name: 'Contractors' }),
      )
      await storedApp(store, { ...place, sourceId }, 'twin')
      expect(await subjectOf(`${place.company.name}\\twin`)).toBeUndefined()
    })

    it('lets one of many simultaneous uses of a step through, and moves the app in the feed', async () => {
      const place = await storedCompany(store)
      const app = await storedApp(store, place, 'racer')
      const subject = await subjectOf(app.serial.toLowerCase())
      const token = subject?.tokens[0]
      if (subject === undefined || token === undefined) throw new Error('it was stored')
      const { version, ...state } = token.state
      const tokens = [
        {
          tokenId: app.id,
          state: { ...state, highWaterStep: step(7), version: version + 1 },
          promotePendingSeed: false,
        },
      ]
      const condition = {
        userId: subject.user.id,
        userVersion: subject.user.version,
        tokens: [{ tokenId: app.id, version, highWaterBelow: step(7) }],
      }
      const outcomes = await Promise.all(
        Array.from({ length: 32 }, (_, index) =>
          (index % 2 === 0 ? store : other).authentication.commit({
            condition,
            changes: { tokens },
            audit: [sampleEntry()],
          }),
        ),
      )
      expect(outcomes.filter((outcome) => outcome === 'committed')).toHaveLength(1)
      const [record] = await followFeed(store, place.company.id, { limit: 10 })
      expect(record?.device.highWaterStep).toBe(7n)
      expect(record?.changeTime).toBeGreaterThan(app.changeTime ?? 0)
    })

    it('never lowers a step that is reported', async () => {
      const place = await storedCompany(store)
      const { id: deviceId } = await storedApp(store, place, 'reported')
      const raise = (to: number) =>
        store.transaction(async (tx) => {
          const at = await tx.changeTime(place.company.id)
          return tx.raiseSteps([{ deviceId, step: step(to) }], at)
        })
      expect([await raise(9), await raise(8), await raise(9)]).toEqual([[deviceId], [], []])
    })

    it('gives a one-time code to one of two who present it', async () => {
      const place = await storedCompany(store)
      const mac = new Uint8Array(32).fill(7)
      const offer = { mac, companyId: place.company.id, userId: null, signingKeyId: 'key' }
      await store.transaction((tx) => tx.insertOffer({ ...offer, createdAt: unixMs(1), expiresAt: unixMs(2) }))
      const taken = await Promise.all([store, other].map((one) => one.transaction((tx) => tx.takeOffer([mac]))))
      expect(taken.filter((one) => one !== undefined)).toHaveLength(1)
    })

    it('takes a request of a manager once', async () => {
      const claim = () => store.transaction((tx) => tx.claimRequest('manager', 'request', unixMs(9)))
      expect([await claim(), await claim()]).toEqual([true, false])
      await store.removeExpired(unixMs(10))
      expect(await claim()).toBe(true)
    })

    it('frees the attribute of a deleted user and keeps the revoked app in the feed until it is old', async () => {
      const place = await storedCompany(store)
      const app = await storedApp(store, place, 'leaver')
      await store.transaction(async (tx) => {
        const changeTime = await tx.changeTime(place.company.id)
        const ended = { status: 'revoked', endReason: 'user-deleted', endedAt: unixMs(5), changeTime } as const
        await tx.updateDevice({ ...app, ...ended })
        await tx.deleteUser(app.userId)
      })
      await store.transaction((tx) => tx.insertUsers([sampleCloudUser(place, 'leaver')]))
      const [tombstone] = await followFeed(store, place.company.id, { limit: 10 })
      expect(tombstone).toMatchObject({ attribute: 'leaver', seed: null, device: { status: 'revoked' } })
      expect(await store.removeTombstones(unixMs(6))).toBe(1)
      expect(await followFeed(store, place.company.id, { limit: 10 })).toEqual([])
    })

    it('refuses two users of one attribute in a source, and a stale write', async () => {
      const place = await storedCompany(store)
      const user = sampleCloudUser(place, 'Unique')
      await store.transaction((tx) => tx.insertUsers([user]))
      const again = store.transaction((tx) => tx.insertUsers([sampleCloudUser(place, 'unique')]))
      await expect(again).rejects.toMatchObject({ code: 'ALREADY_EXISTS' })
      await store.transaction((tx) => tx.updateUser({ ...user, guesses: NO_GUESSES }))
      const stale = store.transaction((tx) => tx.updateUser(user))
      await expect(stale).rejects.toMatchObject({ code: 'STALE_VERSION' })
    })

    it('lists users by pages and finds them by the start of attribute or name', async () => {
      const place = await storedCompany(store)
      const users = ['bea', 'adam', 'carl', 'berta'].map((name) => sampleCloudUser(place, name))
      await store.transaction((tx) => tx.insertUsers(users))
      const companyId = place.company.id
      const first = await store.read.users({ companyId }, { limit: 3 })
      const rest = await store.read.users({ companyId }, { limit: 3, after: first.next ?? '' })
      const names = [...first.items, ...rest.items].map(({ attribute }) => attribute)
      expect(names).toEqual(['adam', 'bea', 'berta', 'carl'])
      const found = await store.read.users({ companyId, text: 'BE' }, { limit: 3 })
      expect(found.items.map(({ attribute }) => attribute)).toEqual(['bea', 'berta'])
    })

    it('opens no database of a manager, and a manager none of the cloud', async () => {
      await expect(openAs('one', database)).rejects.toMatchObject({ code: 'STORE_CORRUPT' })
      const managers = await engine.newDatabase()
      await (await openAs('one', managers)).close()
      await expect(openCloudAs('one', managers)).rejects.toMatchObject({ code: 'STORE_CORRUPT' })
    })
  })
}
