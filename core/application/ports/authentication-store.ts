import type { AuditEntry, Changes, Condition, TokenRecord, TokenState, UnixMs, User } from '@driftlock/domain'
import type { Sealed } from './sealed.ts'

/** A token as it is stored for a login: the domain's record and state, seeds sealed. Voided seeds are not read. */
export interface StoredToken {
  readonly record: TokenRecord
  readonly state: TokenState
  readonly seed: Sealed
  /** Present when `state.pendingSeed`. */
  readonly pendingSeed?: Sealed
}

/** A user with every token assigned to them, read at one moment. */
export interface StoredSubject {
  readonly user: User
  readonly tokens: readonly StoredToken[]
}

export interface LookupAnswer {
  /** Rises with every change of a policy, a setting or a security domain: what was read at this version still holds. */
  readonly configVersion: number
  /** In the order asked; `undefined` = no such login name. */
  readonly subjects: readonly (StoredSubject | undefined)[]
}

/** One decision to be made true: all of it with its audit records, or nothing. */
export interface CommitJob {
  /** null = nothing but the audit records is written (a name that nobody has). */
  readonly condition: Condition | null
  readonly changes: Changes
  /** At least one; ids are UUIDv7 made by the caller, fresh for every attempt to commit. */
  readonly audit: readonly AuditEntry[]
  /** By token id: when the token's clock is forecast to leave its windows (null = not in sight). Absent = as it was. */
  readonly leavesWindowAt?: ReadonlyMap<string, UnixMs | null>
}

/** `conflict`: the condition no longer holds and nothing was written; load and decide again. */
export type CommitOutcome = 'committed' | 'conflict'

/** The hot path of the store: the only two things a login does to it. Calls that arrive together share one round trip. */
export interface AuthenticationStore {
  /**
   * @param usernames user ids or aliases, as `loginName` makes them.
   * @throws StoreError `STORE_UNAVAILABLE`.
   */
  lookup(usernames: readonly string[]): Promise<LookupAnswer>
  /**
   * Answers when the changes are on disk. Never lowers a high-water step: a setback goes through the administration.
   * @throws StoreError `STORE_FULL`, `STORE_UNAVAILABLE` (nothing was written) or `COMMIT_IN_DOUBT`.
   */
  commit(job: CommitJob): Promise<CommitOutcome>
}
