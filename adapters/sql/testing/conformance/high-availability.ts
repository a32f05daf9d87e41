import { randomBytes } from 'node:crypto'
import { type RecordWrite, type SyncProgress, StoreError, type UnreportedStep } from '@driftlock/application'
import { type CloudRecord, type Match, step, unixMs } from '@driftlock/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Store } from '../../open-store.ts'
import { acceptance, sampleId, sampleUser, subjectOf } from '../sample-data.ts'
import { type EngineUnderTest, openAs } from './engine-under-test.ts'

const COMPANY = 'company'
let made = 0

function recordOf(userAttribute: string, more: Partial<CloudRecord> = {}): CloudRecord {
  return {
    recordId: sampleId(),
    serial: `MFA${String(++made).padStart(12, '0')}`,
    userAttribute,
    identitySource: 'Internal Database',
    algorithm: 'sha256',
    digits: 8,
    intervalSeconds: 60,
    state: 'active',
    lastUsedStep: null,
    clockOffsetMs: 1500,
    seedVersion: 1,
    changeTimeMs: 1000,
    ...more,
  }
}

const NOBODY: Match = { type: 'unmatched', reason: 'user-unknown' }
const terms = { generation: 1, now: unixMs(5000) }
const progress: SyncProgress = {
  marker: '0',
  generation: 1,
  full: null,
  runId: null,
  failuresInARow: 0,
  nextRunAt: unixMs(0),
  lastRunAt: null,
  lastGoodAt: null,
  matchingRule: '',
  unreportedFromDay: 0,
}

/** What every engine owes to the records of the cloud. */
export function highAvailabilitySuite(engine: EngineUnderTest): void {
  describe('high availability', () => {
    let store: Store
    beforeAll(async () => {
      store = await openAs('one', await engine.newDatabase())
    })
    afterAll(() => store.close())

    const { read } = { read: () => store.administration.read.highAvailability }
    const write = (writes: readonly RecordWrite[], generation = 1) =>
      store.administration.transaction((tx) => tx.highAvailability.write(writes, { ...terms, generation }))
    const heldOf = async ({ recordId }: CloudRecord) => (await read().held([recordId]))[0]
    const newUser = async (username: string, more: Parameters<typeof sampleUser>[1] = {}) => {
      const user = sampleUser(username, more)
      await store.administration.transaction((tx) => tx.users.insert(user))
      return user
    }
    const matchTo = (userId: string): Match => ({ type: 'matched', userId, securityDomainId: 'root' })
    /** What a run writes of a record for the first time, or when its seed came anew. */
    const withSeed = async (record: CloudRecord, place: RecordWrite['place']): Promise<RecordWrite> => {
      const held = await heldOf(record)
      const seed = new Uint8Array(randomBytes(53))
      return {
        record,
        held,
        companyId: COMPANY,
        place,
        tokenId: held?.tokenId ?? sampleId(),
        seed,
        leaveDeleted: false,
        lookAgain: false,
      }
    }
    const again = async (record: CloudRecord, place: RecordWrite['place']): Promise<RecordWrite> => {
      return { ...(await withSeed(record, place)), seed: 'keep' }
    }

    it('makes a token that its user logs on with, in place of the one before when the seed is new', async () => {
      const { user } = await newUser('anna')
      const record = recordOf('anna')
      const first = await withSeed(record, matchTo(user.id))
      await write([first])
      const { tokens } = await subjectOf(store, 'anna')
      expect(tokens).toMatchObject([
        { record: { serial: record.serial, passcodeStyle: 'tokencode-only', kind: 'totp', id: first.tokenId } },
      ])
      expect(tokens[0]?.seed).toEqual(first.seed)
      expect(tokens[0]?.state.clock.offsetMs).toBe(1500)
      const second = await withSeed({ ...record, seedVersion: 2 }, matchTo(user.id))
      await write([second])
      expect((await subjectOf(store, 'anna')).tokens[0]?.seed).toEqual(second.seed)
      expect(await store.administration.read.tokens.findBySerial(record.serial)).toMatchObject({
        username: 'anna',
        origin: 'cloud',
      })
    })

    it('writes many records at once, and the same page again changes nothing', async () => {
      const users = await Promise.all(Array.from({ length: 230 }, (_, i) => newUser(`many-${i}`)))
      const records = users.map(({ user }) => recordOf(user.username))
      const page = await Promise.all(records.map((record, i) => withSeed(record, matchTo(users[i]?.user.id ?? ''))))
      await write(page)
      await write(await Promise.all(records.map((record, i) => again(record, matchTo(users[i]?.user.id ?? '')))))
      const held = await read().held(records.map(({ recordId }) => recordId))
      expect(held.filter(({ hasToken }) => hasToken)).toHaveLength(230)
      expect((await subjectOf(store, 'many-229')).tokens[0]?.seed).toEqual(page[229]?.seed)
    })

    it('never lowers the high-water step: not by a page, not by taking the token away and back', async () => {
      const { user } = await newUser('berta')
      const record = recordOf('berta', { lastUsedStep: step(50) })
      await write([await withSeed(record, matchTo(user.id))])
      const subject = await subjectOf(store, 'berta')
      expect(subject.tokens[0]?.state.highWaterStep).toBe(50n)
      expect(await store.authentication.commit(acceptance(subject, 70))).toBe('committed')
      await write([await again({ ...record, lastUsedStep: step(60) }, matchTo(user.id))])
      expect((await subjectOf(store, 'berta')).tokens[0]?.state.highWaterStep).toBe(70n)
      await write([await again(record, NOBODY)])
      expect((await subjectOf(store, 'berta')).tokens).toEqual([])
      expect(await heldOf(record)).toMatchObject({ hasToken: false, hasSeed: true, reason: 'user-unknown' })
      await write([await again(record, matchTo(user.id))])
      const back = (await subjectOf(store, 'berta')).tokens[0]
      expect([back?.state.highWaterStep, back?.seed]).toEqual([70n, subject.tokens[0]?.seed])
    })

    it('lets a log-on that was decided before a page came decide again', async () => {
      const { user } = await newUser('carla')
      const record = recordOf('carla')
      await write([await withSeed(record, matchTo(user.id))])
      const job = acceptance(await subjectOf(store, 'carla'), 80)
      await write([await again({ ...record, lastUsedStep: step(80) }, matchTo(user.id))])
      expect(await store.authentication.commit(job)).toBe('conflict')
    })

    it('takes token and seed away when the app is revoked', async () => {
      const { user } = await newUser('dora')
      const record = recordOf('dora')
      await write([await withSeed(record, matchTo(user.id))])
      await write([await again({ ...record, state: 'revoked' }, { type: 'revoked' })])
      expect((await subjectOf(store, 'dora')).tokens).toEqual([])
      expect(await heldOf(record)).toMatchObject({ state: 'revoked', hasToken: false, hasSeed: false, userId: null })
    })

    it('looks again for the user of a record when users or sources change, and only then', async () => {
      const record = recordOf('Emma@Example.org')
      await write([await withSeed(record, NOBODY)])
      const waiting = async () => (await read().toMatch(1000)).some(({ recordId }) => recordId === record.recordId)
      expect(await waiting()).toBe(false)
      const user = await newUser('emma', { email: 'emma@example.ORG' })
      expect(await waiting()).toBe(true)
      const found = await read().candidates('email', ['emma@example.org'])
      expect(found.get('emma@example.org')).toEqual([
        { userId: user.user.id, securityDomainId: 'root', sourceName: 'Internal Database' },
      ])
      await write([await again(record, matchTo(user.user.id))])
      expect(await waiting()).toBe(false)
      await store.administration.transaction((tx) => tx.users.update({ ...user, email: 'other@example.org' }))
      expect(await waiting()).toBe(true)
      await write([await again(record, NOBODY)])
      const source = { id: 'hr', name: 'HR', kind: 'ldap', configuration: {}, version: 0 } as const
      await store.administration.transaction((tx) => tx.securityDomains.saveIdentitySource(source))
      expect(await waiting()).toBe(true)
    })

    it('lets the apps of a deleted user wait for whoever takes the place', async () => {
      const { user } = await newUser('frida')
      const record = recordOf('frida')
      await write([await withSeed(record, matchTo(user.id))])
      await store.administration.transaction(async (tx) => {
        expect(await tx.highAvailability.detachUser(user.id)).toEqual([record.serial])
        await tx.users.remove(user.id)
      })
      expect(await heldOf(record)).toMatchObject({
        userId: null,
        hasToken: false,
        hasSeed: true,
        reason: 'user-unknown',
      })
    })

    it('keeps the step of a token that went before the cloud was told', async () => {
      const { user } = await newUser('frauke')
      const record = recordOf('frauke')
      await write([await withSeed(record, matchTo(user.id))])
      await store.authentication.commit(acceptance(await subjectOf(store, 'frauke'), 91))
      const own = async () =>
        (await read().unreportedOfGone(1000)).filter(({ recordId }) => recordId === record.recordId)
      expect(await own()).toEqual([])
      await store.administration.transaction((tx) => tx.highAvailability.detachUser(user.id))
      const steps = await own()
      expect(steps).toEqual([{ recordId: record.recordId, serial: record.serial, step: 91n }])
      await store.administration.transaction((tx) => tx.highAvailability.reported(steps))
      expect(await own()).toEqual([])
    })

    it('knows which tokens an administrator deleted', async () => {
      const { user } = await newUser('greta')
      const record = recordOf('greta')
      const { tokenId } = await withSeed(record, matchTo(user.id))
      await write([{ ...(await withSeed(record, matchTo(user.id))), tokenId }])
      const before = (await read().counts()).deletedHere
      await store.administration.transaction((tx) => tx.tokens.remove(tokenId))
      expect(await heldOf(record)).toMatchObject({ userId: user.id, hasToken: false, hasSeed: false })
      expect((await read().counts()).deletedHere).toBe(before + 1)
      const shown = await read().records({ condition: 'deleted-here', text: record.serial }, { limit: 5 })
      expect(shown.items).toMatchObject([{ recordId: record.recordId, username: 'greta' }])
    })

    it('tells each step used here once, page by page', async () => {
      const day = Math.floor(Date.now() / 86_400_000)
      const records: CloudRecord[] = []
      for (const name of ['hanna', 'ida', 'jana']) {
        const { user } = await newUser(name)
        const record = recordOf(name)
        records.push(record)
        await write([await withSeed(record, matchTo(user.id))])
        await store.authentication.commit(acceptance(await subjectOf(store, name), 90))
      }
      const mine = new Set(records.map(({ recordId }) => recordId))
      const steps: UnreportedStep[] = []
      for (let after = ''; ; ) {
        const page = await read().unreported({ day, after }, 2)
        expect(page.steps.length).toBeLessThanOrEqual(2)
        steps.push(...page.steps.filter(({ recordId }) => mine.has(recordId)))
        if (page.next === undefined) break
        after = page.next
      }
      expect(steps.map(({ step: at }) => at)).toEqual([90n, 90n, 90n])
      await store.administration.transaction((tx) => tx.highAvailability.reported(steps))
      const left = (await read().unreported({ day, after: '' }, 1000)).steps
      expect(left.filter(({ recordId }) => mine.has(recordId))).toEqual([])
      expect((await read().unreported({ day: day + 1, after: '' }, 1000)).steps).toEqual([])
    })

    it('finds what a full run did not meet, and removes it with its token', async () => {
      const { user } = await newUser('karin')
      const record = recordOf('karin')
      await write([await withSeed(record, matchTo(user.id))], 3)
      const notMet = async (generation: number) => (await read().notMet(generation, '', 1000)).includes(record.recordId)
      expect([await notMet(3), await notMet(4)]).toEqual([false, true])
      await store.administration.transaction((tx) => tx.highAvailability.met([record.recordId], 4))
      expect(await notMet(4)).toBe(false)
      const removed = await store.administration.transaction((tx) =>
        tx.highAvailability.removeRecords([record.recordId]),
      )
      expect(removed).toEqual([record.serial])
      expect((await subjectOf(store, 'karin')).tokens).toEqual([])
    })

    it('counts records by what became of them', async () => {
      const before = await read().counts()
      await write([await withSeed(recordOf('nobody'), { type: 'unmatched', reason: 'ambiguous' })])
      const after = await read().counts()
      expect(after.unmatched.ambiguous).toBe((before.unmatched.ambiguous ?? 0) + 1)
      expect(after.matched).toBe(before.matched)
      const list = await read().records({ condition: 'unmatched', reason: 'ambiguous' }, { limit: 10 })
      expect(list.items.length).toBe(after.unmatched.ambiguous)
    })

    it('lets only one of two runs go on from where both read', async () => {
      const identity = {
        baseUrl: 'https://cloud.example',
        companyId: COMPANY,
        companyName: 'Example',
        managerId: 'm1',
        deploymentName: 'am',
        haEnabled: true,
        cloudKeys: [],
        connectedAt: unixMs(1),
        keysChangedAt: unixMs(1),
      }
      const keys = new Uint8Array([1, 2, 3])
      await store.administration.transaction((tx) =>
        tx.highAvailability.connect({ status: 'connected', identity, keys, progress }),
      )
      const connection = await read().connection()
      expect(connection).toMatchObject({ status: 'connected', identity, keys, progress, progressVersion: 1 })
      const save = () =>
        store.administration.transaction((tx) => tx.highAvailability.saveProgress({ ...progress, marker: '7.r' }, 1))
      const ends = await Promise.allSettled([save(), save()])
      expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      const refused = ends.find((end) => end.status === 'rejected')
      expect(refused?.reason).toBeInstanceOf(StoreError)
      expect((await read().connection())?.progress.marker).toBe('7.r')
    })

    it('moves the marker of the setting only from where it was read', async () => {
      const move = (from: number, to: number) =>
        store.administration.transaction((tx) => tx.highAvailability.advanceMarkerSetting(from, to, unixMs(9)))
      expect([await move(5, 6), await move(0, 1000), await move(0, 2000), await move(1000, 3000)]).toEqual([
        false,
        true,
        false,
        true,
      ])
    })

    it('keeps the newest runs', async () => {
      const counts = {
        pages: 1,
        fetched: 2,
        added: 0,
        updated: 0,
        revoked: 0,
        unmatched: 0,
        failed: 0,
        removed: 0,
        rematched: 0,
        stepsReported: 0,
      }
      const run = {
        kind: 'full',
        trigger: 'command',
        instance: 'one',
        startedAt: unixMs(1),
        finishedAt: null,
        outcome: 'running',
        errorCode: null,
        errorText: null,
        markerFrom: '0',
        markerTo: '0',
        counts,
        divergence: { missing: 1, deletedHere: 0, different: 0, gone: 0 },
      } as const
      const ids = ['1', '2', '3']
      await store.administration.transaction(async (tx) => {
        for (const id of ids) await tx.highAvailability.saveRun({ id, ...run })
        await tx.highAvailability.saveRun({ id: '3', ...run, outcome: 'succeeded', finishedAt: unixMs(2) })
        await tx.highAvailability.pruneRuns(2)
      })
      expect((await read().runs({ limit: 5 })).items).toEqual([
        { id: '3', ...run, outcome: 'succeeded', finishedAt: 2 },
        { id: '2', ...run },
      ])
    })
  })
}
