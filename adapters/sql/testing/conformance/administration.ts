import { type AdministrationTransaction, GLOBAL_SCOPE, ROOT_SECURITY_DOMAIN_ID } from '@driftlock/application'
import { unixMs } from '@driftlock/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Store } from '../../open-store.ts'
import { sampleEntry, sampleId, sampleToken, sampleUser, storedUserWithToken, subjectOf } from '../sample-data.ts'
import type { EngineUnderTest } from './engine-under-test.ts'
import { openAs } from './engine-under-test.ts'
import { addTokens, DAY_MS, everyPage } from './list-samples.ts'

/** What every engine owes to the administration. */
export function administrationSuite(engine: EngineUnderTest): void {
  describe('administration', () => {
    let store: Store
    beforeAll(async () => {
      store = await openAs('one', await engine.newDatabase())
    })
    afterAll(() => store.close())
    const transaction = <T>(work: (tx: AdministrationTransaction) => Promise<T>) =>
      store.administration.transaction(work)

    it('finds a user by user id and by alias, whatever the case, and refuses a name twice', async () => {
      const anna = sampleUser('Anna.Müller', { aliases: ['AM1'], lastName: 'Müller', email: 'Anna@Example.org' })
      await transaction((tx) => tx.users.insert(anna))
      expect((await subjectOf(store, 'am1')).user.id).toBe(anna.user.id)
      expect((await store.administration.read.users.findByLoginName('anna.müller'))?.aliases).toEqual(['AM1'])
      await expect(transaction((tx) => tx.users.insert(sampleUser('am1')))).rejects.toMatchObject({
        code: 'ALREADY_EXISTS',
      })
      for (const text of ['ANNA', 'am', 'mül', 'anna@ex']) {
        const page = await store.administration.read.users.search({ text }, { limit: 10 })
        expect(page.items.map(({ user }) => user.username)).toEqual(['Anna.Müller'])
      }
    })

    it('renames a user everywhere and refuses a stale version', async () => {
      const { user, tokens } = await storedUserWithToken(store, 'old-name')
      const managed = await store.administration.read.users.find(user.id)
      if (managed === undefined) throw new Error('The user was just stored.')
      const renamed = { ...managed, user: { ...managed.user, username: 'new-name' } }
      await transaction((tx) => tx.users.update(renamed))
      await expect(transaction((tx) => tx.users.update(renamed))).rejects.toMatchObject({ code: 'STALE_VERSION' })
      const page = await store.administration.read.tokens.search({ text: 'NEW-na' }, { limit: 10 })
      expect(page.items.map(({ record }) => record.id)).toEqual([tokens[0]?.record.id])
      expect((await store.authentication.lookup(['old-name'])).subjects).toEqual([undefined])
    })

    it('undoes everything when the work throws, audit included', async () => {
      const user = sampleUser('undone')
      const entry = sampleEntry({ action: 'create-user' })
      const work = store.administration.transaction(async (tx) => {
        await tx.users.insert(user)
        tx.audit(entry)
        throw new Error('changed my mind')
      })
      await expect(work).rejects.toThrow('changed my mind')
      expect(await store.administration.read.users.find(user.user.id)).toBeUndefined()
      expect(await store.administration.read.auditLog.find(entry.id)).toBeUndefined()
    })

    it('refuses to delete what something else refers to', async () => {
      const { user } = await storedUserWithToken(store, 'referred')
      await expect(transaction((tx) => tx.users.remove(user.id))).rejects.toMatchObject({ code: 'REFERENCE_BROKEN' })
      await expect(transaction((tx) => tx.securityDomains.remove(ROOT_SECURITY_DOMAIN_ID))).rejects.toMatchObject({
        code: 'REFERENCE_BROKEN',
      })
      const stranger = sampleToken('stranger', { userId: sampleId() })
      await expect(transaction((tx) => tx.tokens.insert(stranger))).rejects.toMatchObject({ code: 'REFERENCE_BROKEN' })
    })

    it('filters tokens by state, expiry and domain, and counts up to a bound', async () => {
      await addTokens(store, 'filter-', 30)
      const { tokens } = store.administration.read
      const enabled = await tokens.search({ serialPrefix: 'filter-', enabled: true }, { limit: 100 })
      expect(enabled.items).toHaveLength(15)
      const expiring = await tokens.search(
        { serialPrefix: 'filter-', expiresBefore: unixMs(120 * DAY_MS) },
        { limit: 100 },
      )
      expect(expiring.items.every(({ record }) => record.expiresAt !== null && record.expiresAt < 120 * DAY_MS)).toBe(
        true,
      )
      expect((await tokens.search({ securityDomainIds: [] }, { limit: 5 })).items).toEqual([])
      expect(await tokens.count({ serialPrefix: 'filter-' }, 10)).toEqual({ count: 10, atLeast: true })
      expect(await tokens.count({ serialPrefix: 'filter-', lost: false, hasPin: false, assigned: false }, 100)).toEqual(
        { count: 30, atLeast: false },
      )
      await expect(tokens.search({}, { limit: 5, after: 'nonsense' })).rejects.toMatchObject({ code: 'INVALID_VALUE' })
    })

    it('lowers a high-water step only by an explicit setback', async () => {
      const {
        tokens: [token],
      } = await storedUserWithToken(store, 'set-back')
      if (token === undefined) throw new Error('The user was just stored with a token.')
      const raised = {
        ...token.state,
        highWaterStep: (token.state.highWaterStep + 100n) as typeof token.state.highWaterStep,
      }
      await transaction((tx) => tx.tokens.update({ tokenId: token.record.id, version: 1, state: raised }))
      const lower = { tokenId: token.record.id, version: 2, state: token.state }
      await expect(transaction((tx) => tx.tokens.update(lower))).rejects.toMatchObject({ code: 'INVALID_VALUE' })
      await transaction((tx) => tx.tokens.update({ ...lower, setBack: true }))
      expect((await store.administration.read.tokens.find(token.record.id))?.state).toMatchObject({
        version: 3,
        highWaterStep: -1n,
      })
    })

    it('raises the configuration version with every change that instances must see', async () => {
      const version = async () => (await store.authentication.lookup([])).configVersion
      const before = await version()
      const at = unixMs(1)
      await transaction((tx) =>
        tx.configuration.setSetting({ key: 'a.b', scope: GLOBAL_SCOPE, value: '1', updatedAt: at }),
      )
      const policy = {
        securityDomainId: ROOT_SECURITY_DOMAIN_ID,
        kind: 'lockout',
        value: { maxFailures: 5 },
        version: 0,
        updatedAt: at,
      } as const
      await transaction((tx) => tx.configuration.setPolicy(policy))
      await transaction((tx) =>
        tx.securityDomains.insert({
          id: 'd1',
          name: 'Berlin',
          parentId: ROOT_SECURITY_DOMAIN_ID,
          notes: '',
          version: 1,
        }),
      )
      expect(await version()).toBe(before + 3)
      await expect(transaction((tx) => tx.configuration.setPolicy(policy))).rejects.toMatchObject({
        code: 'STALE_VERSION',
      })
      expect(await store.administration.read.configuration.policiesOf(ROOT_SECURITY_DOMAIN_ID)).toEqual([
        { ...policy, version: 1 },
      ])
      expect(await store.administration.read.configuration.settings('a.')).toHaveLength(1)
    })

    it('reads audit records back by user, action and time, newest first', async () => {
      const userId = sampleId()
      for (let day = 1; day <= 5; day++) {
        const at = unixMs(day * DAY_MS)
        const action = day === 3 ? ('unlock-user' as const) : ('authenticate' as const)
        await store.administration.transaction(async (tx) =>
          tx.audit(sampleEntry({ id: sampleId(at), at, userId, action, after: { day } })),
        )
      }
      const { auditLog } = store.administration.read
      const days = async (filter: Parameters<typeof auditLog.search>[0]) =>
        (await everyPage((page) => auditLog.search({ userId, ...filter }, page), 2)).map(({ entry }) => entry.after)
      expect(await days({})).toEqual([5, 4, 3, 2, 1].map((day) => ({ day })))
      expect(await days({ actions: ['unlock-user'] })).toEqual([{ day: 3 }])
      expect(await days({ from: unixMs(2 * DAY_MS), before: unixMs(4 * DAY_MS) })).toEqual([{ day: 3 }, { day: 2 }])
      expect(await auditLog.outcomesOverTime(unixMs(0), unixMs(10 * DAY_MS), 7 * DAY_MS)).toEqual([
        { slotStart: 0, outcome: 'success', count: 4 },
      ])
    })

    it('reduces old audit records to their digests and keeps the chain whole', async () => {
      const pruned = await store.administration.transaction((tx) => tx.auditLog.prune('one', 2, 100))
      expect(pruned).toBe(2)
      const links = await store.administration.read.auditLog.links('one', 0, 4)
      expect(links.map(({ record, digest }) => [record === null, digest?.length])).toEqual([
        [true, 32],
        [true, 32],
        [false, undefined],
        [false, undefined],
      ])
      expect(links.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4])
    })
  })
}
