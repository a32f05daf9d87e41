import {
  type AdministrationTransaction,
  type ManagedToken,
  type ManagedUser,
  ROOT_SECURITY_DOMAIN_ID,
  type TokenFilter,
  type UserSort,
} from '@driftlock/application'
import { unixMs } from '@driftlock/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Store } from '../../open-store.ts'
import { sampleToken, sampleUser } from '../sample-data.ts'
import type { EngineUnderTest } from './engine-under-test.ts'
import { openAs } from './engine-under-test.ts'
import { addTokens, DAY_MS, everyPage } from './list-samples.ts'

const USER_SORTS: readonly UserSort[] = ['username', 'first-name', 'last-name', 'email', 'expiry']

/** What every engine owes to those who page through long lists. */
export function listsSuite(engine: EngineUnderTest): void {
  describe('lists', () => {
    let store: Store
    beforeAll(async () => {
      store = await openAs('one', await engine.newDatabase())
    })
    afterAll(() => store.close())
    const transaction = <T>(work: (tx: AdministrationTransaction) => Promise<T>) =>
      store.administration.transaction(work)

    it('shows every token once while others are written, in every order', async () => {
      await addTokens(store, 'page-', 60)
      for (const sort of ['serial', 'expiry', 'last-used', 'leaves-window', 'owner'] as const) {
        let written = 0
        const seen = await everyPage(async (page) => {
          const serial = `${written++ % 2 === 0 ? 'page-!' : 'page-~'}-${sort}-${written}`
          await transaction((tx) => tx.tokens.insert(sampleToken(serial)))
          return store.administration.read.tokens.search({ serialPrefix: 'page-' }, { ...page, sort })
        }, 7)
        const serials = seen.map(({ record }) => record.serial)
        expect(new Set(serials).size).toBe(serials.length)
        expect(serials.filter((serial) => /^page-\d/.test(serial))).toHaveLength(60)
        const keys = seen.map((token) => (sort === 'expiry' ? (token.record.expiresAt ?? Number.POSITIVE_INFINITY) : 0))
        expect(keys).toEqual(keys.toSorted((one, other) => one - other))
      }
    })

    it('shows every user once while others are written, in every order, those without a value last', async () => {
      const { users } = store.administration.read
      const names = ['Zoe', '', 'Ada', 'ada', 'Émile', 'Bob']
      await transaction(async (tx) => {
        for (let index = 0; index < 24; index++) {
          const managed = sampleUser(`sorted-${String(index).padStart(2, '0')}`, {
            firstName: names[index % 6] ?? '',
            lastName: names[(index + 1 + Math.floor(index / 6)) % 6] ?? '',
            email: index % 4 === 0 ? '' : `${23 - index}@example.org`,
          })
          const expiresAt = index % 3 === 0 ? null : unixMs((100 - index) * DAY_MS)
          await tx.users.insert({ ...managed, user: { ...managed.user, expiresAt } })
        }
      })
      const valueIn: Readonly<Record<UserSort, (managed: ManagedUser) => string | number>> = {
        username: ({ user }) => user.username,
        'first-name': ({ firstName }) => firstName.toLowerCase(),
        'last-name': ({ lastName }) => lastName.toLowerCase(),
        email: ({ email }) => email,
        expiry: ({ user }) => user.expiresAt ?? '',
      }
      for (const sort of USER_SORTS) {
        const value = valueIn[sort]
        let written = 0
        const seen = await everyPage(async (page) => {
          await transaction((tx) => tx.users.insert(sampleUser(`aside-${sort}-${written++}`)))
          return users.search({ usernamePrefix: 'sorted-' }, { ...page, sort })
        }, 5)
        expect(new Set(seen.map(({ user }) => user.username)).size).toBe(seen.length)
        expect(seen).toHaveLength(24)
        const values = seen.map(value)
        const given = values.filter((one) => one !== '')
        expect(values.slice(0, given.length)).toEqual(given)
        expect(given).toEqual(given.toSorted((one, other) => (one < other ? -1 : one > other ? 1 : 0)))
      }
    })

    it('finds the same whatever a list is sorted by and whichever domains are looked in', async () => {
      const domains = ['lists-a', 'lists-b', 'lists-none']
      await transaction(async (tx) => {
        for (const id of domains)
          await tx.securityDomains.insert({ id, name: id, parentId: ROOT_SECURITY_DOMAIN_ID, notes: '', version: 1 })
        for (let index = 0; index < 40; index++) {
          const { token, ...sealed } = sampleToken(`LIST-${String(index * 17).padStart(3, '0')}`, {
            expiresAt: index % 5 === 0 ? null : unixMs(((index * 7) % 11) * DAY_MS),
            enabled: index % 4 !== 0,
            kind: index % 3 === 0 ? 'hotp' : 'totp',
          })
          await tx.tokens.insert({ ...sealed, token: { ...token, securityDomainId: domains[index % 2] ?? '' } })
        }
      })
      const all = await store.administration.read.tokens.search({ serialPrefix: 'list-' }, { limit: 100 })
      const tests: readonly (readonly [TokenFilter, (token: ManagedToken) => boolean])[] = [
        [{}, () => true],
        [{ enabled: false }, ({ record }) => !record.enabled],
        [{ kind: 'hotp', enabled: true }, ({ record }) => record.kind === 'hotp' && record.enabled],
        [{ expiresBefore: unixMs(6 * DAY_MS) }, ({ record }) => (record.expiresAt ?? 9e15) < 6 * DAY_MS],
        [{ expiresFrom: unixMs(6 * DAY_MS) }, ({ record }) => (record.expiresAt ?? 9e15) >= 6 * DAY_MS],
        [{ unusedSince: unixMs(DAY_MS), assigned: false }, () => true],
        [{ assigned: true }, () => false],
        [{ text: 'list-1' }, ({ record }) => record.serial.startsWith('LIST-1')],
      ]
      for (const securityDomainIds of [undefined, ['lists-b'], ['lists-b', 'lists-none'], ['lists-a', 'lists-b'], []]) {
        for (const [filter, fits] of tests) {
          const inDomains = ({ securityDomainId }: ManagedToken) =>
            securityDomainIds?.includes(securityDomainId) ?? true
          const expected = all.items.filter((one) => inDomains(one) && fits(one)).map(({ record }) => record.serial)
          const sought = { serialPrefix: 'LIST-', ...filter, ...(securityDomainIds && { securityDomainIds }) }
          for (const sort of ['serial', 'expiry', 'last-used', 'leaves-window', 'owner'] as const) {
            const found = await everyPage(
              (page) => store.administration.read.tokens.search(sought, { ...page, sort }),
              7,
            )
            expect(found.map(({ record }) => record.serial).toSorted()).toEqual(expected)
          }
          const counted = await store.administration.read.tokens.count(sought, 100)
          expect(counted).toEqual({ count: expected.length, atLeast: false })
        }
      }
    })

    it('gives a short page when the time to look is over, and goes on from there', async () => {
      await addTokens(store, 'patience-', 500)
      const { tokens } = store.administration.read
      const rare = { hasPin: true, serialPrefix: 'patience-' } as const
      const first = await tokens.search(rare, { limit: 5, lookForMs: 0 })
      expect(first.items).toEqual([])
      expect(first.next).toBeDefined()
      expect(await everyPage((page) => tokens.search(rare, { ...page, lookForMs: 0 }), 5)).toEqual([])
      const common = { hasPin: false, serialPrefix: 'patience-' } as const
      const found = await everyPage((page) => tokens.search(common, { ...page, lookForMs: 0 }), 5)
      expect(new Set(found.map(({ record }) => record.serial)).size).toBe(500)
    })

    it('gives way to others while it looks', async () => {
      let turns = 0
      const search = { isOver: false }
      const others = (async () => {
        for (; !search.isOver; turns++) await new Promise((resolve) => setImmediate(resolve))
      })()
      await addTokens(store, 'turns-', 600)
      turns = 0
      await store.administration.read.tokens.search({ hasPin: true, serialPrefix: 'turns-' }, { limit: 1 })
      search.isOver = true
      await others
      expect(turns).toBeGreaterThan(3)
    })
  })
}
