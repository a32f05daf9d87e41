import type { LockedNow, UserFilter, UserSort } from '@driftlock/application'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { flag, searchKey } from '../rows/values.ts'
import { FIRST_NUMBER, LAST_NUMBER, LAST_TEXT } from '../schema/column-types.ts'
import { beginsWith } from './paging.ts'
import { alike, anyOf, type Condition, type Criterion } from './search-plan.ts'
import { userEmail, userFirstName, userLastName } from './user-keys.ts'
import type { ListOrder } from './list-order.ts'

const username = sql<string>`users.username_key`
const id = sql<string>`users.id`
const expiry = sql<number>`COALESCE(users.expires_at, ${sql.lit(LAST_NUMBER)})`

/** What a list is sorted by, word for word as in the indexes of the schema; what has no value comes last. */
export function userOrder(sort: UserSort): ListOrder {
  const keys = {
    username: [username],
    'first-name': [userFirstName, sql<string>`users.last_name_key`],
    'last-name': [userLastName, sql<string>`users.first_name_key`],
    email: [userEmail],
    expiry: [expiry],
  }
  const start = sort === 'expiry' ? FIRST_NUMBER : ''
  return { keys: [...keys[sort], id], start, beginsWithExpression: sort !== 'username', identity: 'id' }
}

const EVERY_ORDER: readonly UserSort[] = ['username', 'first-name', 'last-name', 'email', 'expiry']

function idsOf(condition: Condition): RawBuilder<unknown> {
  return sql`SELECT id FROM users WHERE ${condition}`
}

/** The user id, an alias, the first or last name or the e-mail address begins with a search key. */
function beginsAnywhere(key: string): Criterion<UserSort> {
  const begins = [username, userFirstName, userLastName, userEmail].map((name) => beginsWith(name, key))
  const alias = sql`SELECT user_id AS id FROM login_names WHERE ${beginsWith(sql.ref('login_names.name'), key)}`
  // Asked of one user, whose aliases an index finds: of all at once PostgreSQL would look at every user.
  const hasAlias = sql<SqlBool>`EXISTS (SELECT 1 FROM login_names WHERE login_names.user_id = users.id AND ${beginsWith(sql.ref('login_names.name'), key)})`
  return { condition: anyOf([...begins, hasAlias]), ids: [...begins.map(idsOf), alias] }
}

/** The stored lock, but for those that have ended by themselves. */
function lockedNow({ locked, ended }: LockedNow): Criterion<UserSort> {
  const isLocked = sql<SqlBool>`users.locked_at IS NOT NULL`
  const over = ended.map(({ beganBy, securityDomainIds }) => {
    if (securityDomainIds === undefined) return sql`users.locked_at <= ${beganBy}`
    if (securityDomainIds.length === 0) return sql`1 = 0`
    return sql`(users.locked_at <= ${beganBy} AND users.security_domain_id IN (${sql.join(securityDomainIds)}))`
  })
  const hasEnded = over.length === 0 ? sql`1 = 0` : sql`(${sql.join(over, sql` OR `)})`
  if (!locked) return { condition: sql`(users.locked_at IS NULL OR ${hasEnded})` }
  const condition = sql<SqlBool>`(${isLocked} AND NOT ${hasEnded})`
  return { condition, stretches: [alike(isLocked)], inOrder: ['username'], ids: [idsOf(isLocked)], isLoose: true }
}

/** What a filter asks for, the rarest first. */
export function* userCriteria(filter: UserFilter): Generator<Criterion<UserSort>> {
  const { text, usernamePrefix, securityDomainIds, identitySourceId, enabled, locked, expiresBefore, hasToken } = filter
  if (text !== undefined) yield beginsAnywhere(searchKey(text))
  if (locked !== undefined) yield lockedNow(locked)
  if (enabled !== undefined) {
    const condition = sql<SqlBool>`users.enabled = ${sql.lit(flag(enabled))}`
    const rare = { condition, stretches: [alike(condition)], inOrder: ['username'], ids: [idsOf(condition)] } as const
    yield enabled ? { condition } : rare
  }
  if (securityDomainIds !== undefined) {
    const stretches = securityDomainIds.map((one) => alike(sql`users.security_domain_id = ${one}`))
    const condition = sql<SqlBool>`users.security_domain_id IN (${sql.join(securityDomainIds)})`
    yield { condition, stretches, inOrder: EVERY_ORDER, ids: [idsOf(condition)] }
  }
  if (usernamePrefix !== undefined) {
    const from = searchKey(usernamePrefix)
    const condition = beginsWith(username, from)
    yield { condition, stretches: [{ from, to: from + LAST_TEXT }], inOrder: ['username'], ids: [idsOf(condition)] }
  }
  if (expiresBefore !== undefined) {
    const condition = sql<SqlBool>`${expiry} < ${expiresBefore}`
    yield { condition, stretches: [{ to: expiresBefore }], inOrder: ['expiry'], ids: [idsOf(condition)] }
  }
  if (hasToken !== undefined) {
    const owned = sql`EXISTS (SELECT 1 FROM tokens WHERE tokens.user_id = users.id)`
    yield { condition: hasToken ? sql`${owned}` : sql`NOT ${owned}` }
  }
  if (identitySourceId !== undefined) yield { condition: sql`users.identity_source_id = ${identitySourceId}` }
}
