import type { GuessRecord, UnixMs, User } from '@driftlock/domain'
import type { BoundedCount, Page, SearchRequest } from './page.ts'

/** A user as the administration sees one. */
export interface ManagedUser {
  readonly user: User
  readonly identitySourceId: string
  /** Other names the user may log in with; unique in the deployment together with all user ids. */
  readonly aliases: readonly string[]
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  readonly phone: string
  readonly notes: string
  readonly createdAt: UnixMs
  readonly updatedAt: UnixMs
}

/** Whether users are locked at an instant: the lock that is stored, but for those that have ended by themselves. */
export interface LockedNow {
  readonly locked: boolean
  readonly ended: readonly EndedLocks[]
}

export interface EndedLocks {
  /** Of users of these security domains; absent = of all. */
  readonly securityDomainIds?: readonly string[]
  /** Locks that began at this instant or before. */
  readonly beganBy: UnixMs
}

/** Last name: then by first name. */
export type UserSort = 'username' | 'first-name' | 'last-name' | 'email' | 'expiry'

/** Every given field must match. */
export interface UserFilter {
  /** Beginning of the user id, an alias, the first or last name or the e-mail address; case does not matter. */
  readonly text?: string
  readonly usernamePrefix?: string
  /** Any of these (the caller expands a sub-tree); empty = none matches. */
  readonly securityDomainIds?: readonly string[]
  readonly identitySourceId?: string
  readonly enabled?: boolean
  readonly locked?: LockedNow
  readonly expiresBefore?: UnixMs
  readonly hasToken?: boolean
}

/** Password of a user for the consoles: an argon2id string. */
export interface PasswordRecord {
  readonly hash: string
  readonly changedAt: UnixMs
  readonly mustChange: boolean
}

export interface UserQueries {
  find(id: string): Promise<ManagedUser | undefined>
  /** @param name as `loginName` makes it: user id or alias. */
  findByLoginName(name: string): Promise<ManagedUser | undefined>
  findMany(ids: readonly string[]): Promise<readonly ManagedUser[]>
  /** Rows without a value for the sort (no name, no address, no expiry) come last. Default sort: user id. */
  search(filter: UserFilter, page: SearchRequest & { readonly sort?: UserSort }): Promise<Page<ManagedUser>>
  /** @param lookForMs As of a search. */
  count(filter: UserFilter, bound: number, lookForMs?: number): Promise<BoundedCount>
  password(userId: string): Promise<PasswordRecord | undefined>
}

export interface UserRepository extends UserQueries {
  /** @throws StoreError `ALREADY_EXISTS` (facts: field, value). */
  insert(user: ManagedUser): Promise<void>
  /**
   * Writes everything but the guess record. `user.user.version` is the version that was read; the stored one rises by one.
   * @throws StoreError `STALE_VERSION`, `ALREADY_EXISTS`.
   */
  update(user: ManagedUser): Promise<void>
  /** Lockout state alone, under the version read. @throws StoreError `STALE_VERSION`. */
  updateGuesses(userId: string, version: number, guesses: GuessRecord): Promise<void>
  /** Tokens of the user must have been unassigned. @throws StoreError `REFERENCE_BROKEN`, `NOT_FOUND`. */
  remove(id: string): Promise<void>
  setPassword(userId: string, password: PasswordRecord | null): Promise<void>
}
