import type { ManagedUser } from '@driftlock/application'
import { loginName } from '@driftlock/application'
import { type GuessRecord, NO_GUESSES, type User } from '@driftlock/domain'
import type { UserColumns } from '../schema/tables.ts'
import type { HotUserRow } from './hot-user-row.ts'
import { flag, instant, instantOrNull, searchKey } from './values.ts'

export function userOf(row: HotUserRow): User {
  return {
    id: row.id,
    username: row.username,
    securityDomainId: row.security_domain_id,
    enabled: row.enabled === 1,
    startsAt: instantOrNull(row.starts_at),
    expiresAt: instantOrNull(row.expires_at),
    version: row.version,
    guesses: guessesOf(row.guesses),
  }
}

/** Absent fields are those of a user without failures: the record may have been written before they existed. */
export function guessesOf(text: string | null): GuessRecord {
  // our own text, written by guessColumns
  return text === null ? NO_GUESSES : { ...NO_GUESSES, ...(JSON.parse(text) as Partial<GuessRecord>) }
}

const NO_GUESSES_TEXT = JSON.stringify(NO_GUESSES)

export function guessColumns(guesses: GuessRecord) {
  const text = JSON.stringify(guesses)
  return {
    guesses: text === NO_GUESSES_TEXT ? null : text,
    locked_at: guesses.lockedAt,
  } satisfies Partial<UserColumns>
}

/** Everything but the id, the version and the guess record. */
export function userColumns(managed: ManagedUser) {
  const { user } = managed
  return {
    username: user.username,
    username_key: loginName(user.username),
    security_domain_id: user.securityDomainId,
    identity_source_id: managed.identitySourceId,
    enabled: flag(user.enabled),
    starts_at: user.startsAt,
    expires_at: user.expiresAt,
    first_name: managed.firstName,
    last_name: managed.lastName,
    email: managed.email,
    phone: managed.phone,
    notes: managed.notes,
    first_name_key: searchKey(managed.firstName),
    last_name_key: searchKey(managed.lastName),
    email_key: searchKey(managed.email),
    created_at: managed.createdAt,
    updated_at: managed.updatedAt,
  } satisfies Partial<UserColumns>
}

export function managedUserOf(row: UserColumns, aliases: readonly string[]): ManagedUser {
  return {
    user: userOf(row),
    identitySourceId: row.identity_source_id,
    aliases,
    firstName: row.first_name,
    lastName: row.last_name,
    email: row.email,
    phone: row.phone,
    notes: row.notes,
    createdAt: instant(row.created_at),
    updatedAt: instant(row.updated_at),
  }
}
