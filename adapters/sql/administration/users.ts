import {
  type LockedNow,
  loginName,
  type ManagedUser,
  type UserFilter,
  type UserQueries,
  type UserRepository,
} from '@driftlock/application'
import { type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { Queries } from '../engine.ts'
import { markToMatch } from '../high-availability/mark-to-match.ts'
import { guessColumns, managedUserOf, userColumns } from '../rows/user-row.ts'
import { flag, instant, searchKey } from '../rows/values.ts'
import type { Tables, UserColumns } from '../schema/tables.ts'
import {
  beginsWith,
  boundedCount,
  BROAD,
  keyAfter,
  keyBeginsWith,
  NOTHING,
  pageOf,
  rowsToRead,
  unindexed,
} from './paging.ts'
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

/** The user id, an alias, the first or last name or the e-mail address begins with a search key. */
function beginsAnywhere(key: string) {
  const named = (column: string) => {
    const name = sql.ref(`users.${column}`)
    return sql<SqlBool>`(${name} <> '' AND ${beginsWith(name, key)})`
  }
  return sql<SqlBool>`(${beginsWith(sql.ref('users.username_key'), key)} OR ${named('first_name_key')} OR ${named('last_name_key')}
    OR ${named('email_key')} OR users.id IN (SELECT user_id FROM login_names WHERE ${beginsWith(sql.ref('login_names.name'), key)}))`
}

/** The stored lock, but for those that have ended by themselves; in this form an index serves the locked ones. */
function lockedNow({ locked, ended }: LockedNow) {
  return (where: ExpressionBuilder<Tables, 'users'>) => {
    const hasEnded = ended.map(({ beganBy, securityDomainIds }) => {
      const began = where('locked_at', '<=', beganBy)
      return securityDomainIds === undefined
        ? began
        : where.and([began, where('security_domain_id', 'in', securityDomainIds)])
    })
    return locked
      ? where.and([where('locked_at', 'is not', null), ...hasEnded.map((one) => where.not(one))])
      : where.or([where('locked_at', 'is', null), ...hasEnded])
  }
}

function filtered(queries: Queries, filter: UserFilter, isBroad = false) {
  let query = queries.selectFrom('users')
  if (filter.text !== undefined) {
    const begins = beginsAnywhere(searchKey(filter.text))
    query = query.where(isBroad ? unindexed(begins) : begins)
  }
  if (filter.usernamePrefix !== undefined)
    query = query.where(keyBeginsWith(sql.ref('users.username_key'), filter.usernamePrefix))
  if (filter.securityDomainIds !== undefined) {
    query =
      filter.securityDomainIds.length === 0
        ? query.where(NOTHING)
        : query.where('security_domain_id', 'in', filter.securityDomainIds)
  }
  if (filter.identitySourceId !== undefined) query = query.where('identity_source_id', '=', filter.identitySourceId)
  if (filter.enabled !== undefined) query = query.where('enabled', '=', flag(filter.enabled))
  if (filter.locked !== undefined) query = query.where(lockedNow(filter.locked))
  if (filter.expiresBefore !== undefined) query = query.where('expires_at', '<', filter.expiresBefore)
  if (filter.hasToken !== undefined) {
    query = query.where((where) => {
      const owned = where.exists(
        where.selectFrom('tokens').select('tokens.id').whereRef('tokens.user_id', '=', 'users.id'),
      )
      return filter.hasToken ? owned : where.not(owned)
    })
  }
  return query
}

// oxlint-disable-next-line max-lines-per-function -- a table of short functions over one connection
export function userQueries(queries: Queries): UserQueries {
  const findMany: UserQueries['findMany'] = async (ids) =>
    ids.length === 0
      ? []
      : withAliases(
          queries,
          await queries.selectFrom('users').selectAll().where('id', 'in', ids).orderBy('username_key').execute(),
        )
  const count: UserQueries['count'] = async (filter, bound) => {
    const some = filtered(queries, filter)
      .select('users.id')
      .limit(bound + 1)
      .as('some')
    const row = await queries
      .selectFrom(some)
      .select((column) => column.fn.countAll<number>().as('counted'))
      .executeTakeFirstOrThrow()
    return boundedCount(row.counted, bound)
  }
  return {
    findMany,
    find: async (id) => (await findMany([id]))[0],
    async findByLoginName(name) {
      const row = await queries.selectFrom('login_names').select('user_id').where('name', '=', name).executeTakeFirst()
      return row === undefined ? undefined : (await findMany([row.user_id]))[0]
    },
    async search(filter, page) {
      const isBroad = filter.text !== undefined && (await count(filter, BROAD)).atLeast
      let query = filtered(queries, filter, isBroad)
      const key = keyAfter(page, 2)
      if (key !== undefined) query = query.where(sql<boolean>`(users.username_key, users.id) > (${key[0]}, ${key[1]})`)
      const rows = await query
        .selectAll('users')
        .orderBy('username_key')
        .orderBy('id')
        .limit(rowsToRead(page))
        .execute()
      const users = await withAliases(queries, rows.slice(0, page.limit))
      const { next } = pageOf(rows, page, { item: (row) => row, key: (row) => [row.username_key, row.id] })
      return { items: users, ...(next !== undefined && { next }) }
    },
    count,
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

export function userRepository(queries: Queries): UserRepository {
  return {
    ...userQueries(queries),
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
