import {
  loginName,
  type ManagedUser,
  type UserFilter,
  type UserQueries,
  type UserRepository,
  type UserSort,
} from '@driftlock/application'
import { sql } from 'kysely'
import type { Queries } from '../engine.ts'
import type { EngineKind } from '../schema/column-types.ts'
import { markToMatch } from '../high-availability/mark-to-match.ts'
import { guessColumns, managedUserOf, userColumns } from '../rows/user-row.ts'
import { flag, instant } from '../rows/values.ts'
import type { UserColumns } from '../schema/tables.ts'
import { type Searched, searchPlan } from './search-plan.ts'
import { userCriteria, userOrder } from './user-search.ts'
import { type ListPart, type Walk, walkedCount, walkedPage } from './walking.ts'
import { expectDeleted, expectWritten } from './writing.ts'

async function withAliases(queries: Queries, rows: readonly UserColumns[]): Promise<readonly ManagedUser[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const names = await queries
    .selectFrom('login_names')
    .select(['user_id', 'shown'])
    .where('user_id', 'in', ids)
    .where('is_alias', '=', 1)
    .orderBy('name')
    .execute()
  const aliases = Map.groupBy(names, ({ user_id }) => user_id)
  return rows.map((row) => managedUserOf(row, aliases.get(row.id)?.map(({ shown }) => shown) ?? []))
}

async function walkOf(searched: Searched, filter: UserFilter, sort: UserSort = 'username'): Promise<Walk> {
  const plan = await searchPlan(searched, { criteria: [...userCriteria(filter)], sort })
  return { plan, order: userOrder(sort) }
}

type UserInOrder = UserColumns & Readonly<Record<string, string | number | null>>

/** The rows of a part, with the keys that the list is sorted by. */
async function readPart(queries: Queries, { window, where, orderBy }: ListPart, limit: number) {
  const rows = await queries
    .selectFrom(window.as<'w'>(sql`w`))
    .crossJoin('users')
    .selectAll()
    .where(where)
    .orderBy(orderBy)
    .limit(limit)
    .execute()
  return rows as readonly UserInOrder[] // the keys of the window beside the columns
}

export function userQueries(queries: Queries, kind: EngineKind): UserQueries {
  const searched: Searched = { queries, kind, table: 'users' }
  const findMany: UserQueries['findMany'] = async (ids) =>
    ids.length === 0
      ? []
      : withAliases(
          queries,
          await queries.selectFrom('users').selectAll().where('id', 'in', ids).orderBy('username_key').execute(),
        )
  return {
    findMany,
    find: async (id) => (await findMany([id]))[0],
    async findByLoginName(name) {
      const row = await queries.selectFrom('login_names').select('user_id').where('name', '=', name).executeTakeFirst()
      return row === undefined ? undefined : (await findMany([row.user_id]))[0]
    },
    async search(filter, page) {
      const walk = await walkOf(searched, filter, page.sort)
      const { items, ...next } = await walkedPage(queries, walk, {
        page,
        read: (part, limit) => readPart(queries, part, limit),
        item: (row) => row,
        key: (row) => walk.order.keys.map((_, index) => row[`k${index}`] ?? ''),
      })
      return { items: await withAliases(queries, items), ...next }
    },
    count: async (filter, bound, lookForMs) =>
      walkedCount(queries, await walkOf(searched, filter), { bound, lookForMs }),
    async password(userId) {
      const row = await queries
        .selectFrom('user_passwords')
        .selectAll()
        .where('user_id', '=', userId)
        .executeTakeFirst()
      return row && { hash: row.hash, changedAt: instant(row.changed_at), mustChange: row.must_change === 1 }
    },
  }
}

async function writeLoginNames(queries: Queries, { user, aliases }: ManagedUser): Promise<void> {
  const names = new Map(aliases.map((alias) => [loginName(alias), { shown: alias, is_alias: 1 }]))
  names.set(loginName(user.username), { shown: user.username, is_alias: 0 })
  await queries
    .insertInto('login_names')
    .values([...names].map(([name, rest]) => ({ name, user_id: user.id, ...rest })))
    .execute()
}

/** Records of apps that may be this user's are matched anew. */
async function lookAgainFor(queries: Queries, managed: ManagedUser): Promise<void> {
  const { username_key: usernameKey, email_key: emailKey } = userColumns(managed)
  await markToMatch(queries, { id: managed.user.id, usernameKey, emailKey })
}

export function userRepository(queries: Queries, kind: EngineKind): UserRepository {
  return {
    ...userQueries(queries, kind),
    async insert(managed) {
      const { id, version, guesses } = managed.user
      await queries
        .insertInto('users')
        .values({ id, version, ...userColumns(managed), ...guessColumns(guesses) })
        .execute()
      await writeLoginNames(queries, managed)
      await lookAgainFor(queries, managed)
    },
    async update(managed) {
      const { id, version } = managed.user
      const columns = userColumns(managed)
      const result = await queries
        .updateTable('users')
        .set({ ...columns, version: version + 1 })
        .where('id', '=', id)
        .where('version', '=', version)
        .executeTakeFirst()
      expectWritten(result, 'user', id)
      await queries.deleteFrom('login_names').where('user_id', '=', id).execute()
      await writeLoginNames(queries, managed)
      await queries.updateTable('tokens').set({ owner_key: columns.username_key }).where('user_id', '=', id).execute()
      await lookAgainFor(queries, managed)
    },
    async updateGuesses(userId, version, guesses) {
      const result = await queries
        .updateTable('users')
        .set({ ...guessColumns(guesses), version: version + 1 })
        .where('id', '=', userId)
        .where('version', '=', version)
        .executeTakeFirst()
      expectWritten(result, 'user', userId)
    },
    async remove(id) {
      expectDeleted(await queries.deleteFrom('users').where('id', '=', id).executeTakeFirst(), 'user', id)
    },
    async setPassword(userId, password) {
      await queries.deleteFrom('user_passwords').where('user_id', '=', userId).execute()
      if (password === null) return
      const { hash, changedAt, mustChange } = password
      await queries
        .insertInto('user_passwords')
        .values({ user_id: userId, hash, changed_at: changedAt, must_change: flag(mustChange) })
        .execute()
    },
  }
}
