import { LAST_NUMBER, LAST_TEXT } from './column-types.ts'
import type { Migration } from './migration.ts'

/** A name that is not there sorts last; the same expression finds names by how they begin. */
const named = (column: string) => `COALESCE(NULLIF(${column}, ''), '${LAST_TEXT}')`
const EXPIRY = `COALESCE(expires_at, ${LAST_NUMBER})`

/** What users are sorted by, for everybody and within each security domain: an administrator of some domains asks for these. */
const USER_ORDERS = {
  first_name: `${named('first_name_key')}, last_name_key, id`,
  last_name: `${named('last_name_key')}, first_name_key, id`,
  email: `${named('email_key')}, id`,
  expiry: `${EXPIRY}, id`,
}

/** Pages of users in any order, of a domain's tokens by expiry, and of tokens of a kind. No log-on changes a column of these indexes. */
export const sortedLists: Migration = {
  version: 10,
  name: 'sorted lists',
  statements: [
    `DROP INDEX users_first_name`,
    `DROP INDEX users_last_name`,
    `DROP INDEX users_email`,
    ...Object.entries(USER_ORDERS).flatMap(([name, keys]) => [
      `CREATE INDEX users_${name} ON users (${keys})`,
      `CREATE INDEX users_domain_${name} ON users (security_domain_id, ${keys})`,
    ]),
    `CREATE INDEX users_disabled ON users (username_key, id) WHERE enabled = 0`,
    `CREATE INDEX tokens_kind ON tokens (kind, form_factor, serial)`,
    `CREATE INDEX tokens_domain_expiry ON tokens (security_domain_id, ${EXPIRY}, id)`,
  ],
}
