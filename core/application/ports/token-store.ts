import type { FormFactor, TokenKind, TokenRecord, TokenState, UnixMs } from '@driftlock/domain'
import type { BoundedCount, Page, PageRequest, SearchRequest } from './page.ts'
import type { Sealed } from './sealed.ts'

/** How a software token last went to its device. */
export interface TokenDistribution {
  readonly method: 'sdtid' | 'ctf' | 'otpauth'
  readonly at: UnixMs
  /** Rises with each distribution; 1 = the first. */
  readonly count: number
  readonly deviceId: string
  readonly nickname: string
}

/** A token as the administration sees one; seeds are read apart. */
export interface ManagedToken {
  readonly record: TokenRecord
  readonly state: TokenState
  readonly securityDomainId: string
  readonly nickname: string
  readonly notes: string
  /** What the token came from, for example the name of the file. */
  readonly origin: string
  readonly importedAt: UnixMs
  readonly assignedAt: UnixMs | null
  readonly distribution: TokenDistribution | null
  /** The token that is to take the place of this one. */
  readonly replacedByTokenId: string | null
  /** When the clock is forecast to leave the windows; null = not in sight. */
  readonly leavesWindowAt: UnixMs | null
  /** User id of the owner, for lists; ignored when written. */
  readonly username: string | null
}

export interface TokenSeeds {
  readonly seed: Sealed
  readonly pendingSeed?: Sealed
  /** Newest first. */
  readonly voidedSeeds: readonly { readonly seed: Sealed; readonly voidedAt: UnixMs }[]
}

export type TokenSort = 'serial' | 'expiry' | 'last-used' | 'leaves-window' | 'owner'

/** Every given field must match. */
export interface TokenFilter {
  /** Beginning of the serial, of the nickname, or of the owner's user id; case does not matter. */
  readonly text?: string
  readonly serialPrefix?: string
  readonly userId?: string
  readonly assigned?: boolean
  readonly enabled?: boolean
  readonly lost?: boolean
  readonly kind?: TokenKind
  readonly formFactor?: FormFactor
  readonly expiresBefore?: UnixMs
  readonly expiresFrom?: UnixMs
  /** Any of these (the caller expands a sub-tree); empty = none matches. */
  readonly securityDomainIds?: readonly string[]
  readonly leavesWindowBefore?: UnixMs
  /** Never accepted, or last accepted before. */
  readonly unusedSince?: UnixMs
  readonly hasEmergencyAccess?: boolean
  readonly newPinRequired?: boolean
  readonly hasPin?: boolean
  readonly hasPendingSeed?: boolean
}

export interface TokenQueries {
  find(id: string): Promise<ManagedToken | undefined>
  findBySerial(serial: string): Promise<ManagedToken | undefined>
  findMany(ids: readonly string[]): Promise<readonly ManagedToken[]>
  /** In the order of the serial. */
  ofUser(userId: string): Promise<readonly ManagedToken[]>
  seeds(id: string): Promise<TokenSeeds | undefined>
  /** Rows without a value for the sort (no expiry, never used, no forecast, no owner) come last. Default sort: serial. */
  search(filter: TokenFilter, page: SearchRequest & { readonly sort?: TokenSort }): Promise<Page<ManagedToken>>
  /** @param lookForMs As of a search. */
  count(filter: TokenFilter, bound: number, lookForMs?: number): Promise<BoundedCount>
  /** For key rotation: every sealed seed in the order of the token id. */
  sealedSeeds(page: PageRequest): Promise<Page<{ readonly tokenId: string; readonly version: number } & TokenSeeds>>
}

/** What is written with a new token. */
export interface NewToken {
  readonly token: ManagedToken
  readonly seed: Sealed
  /** Keyed fingerprint of the seed: tells a re-import of the same seed from a new one. */
  readonly seedFingerprint: Uint8Array | null
}

/** `version` is the one read; the stored one rises by one. Absent parts stay as they are. */
export interface TokenUpdate {
  readonly tokenId: string
  readonly version: number
  /** `record.id` is ignored. */
  readonly record?: TokenRecord
  /** `state.version` and `state.pendingSeed` are ignored: the version rises by one, the seeds have their own verbs. */
  readonly state?: TokenState
  /** A state with a lower high-water step is refused unless this names the reason: a setback by an administrator. */
  readonly setBack?: true
  readonly details?: Partial<
    Pick<
      ManagedToken,
      'securityDomainId' | 'nickname' | 'notes' | 'assignedAt' | 'distribution' | 'replacedByTokenId' | 'leavesWindowAt'
    >
  >
  readonly seeds?: SeedChange
}

export type SeedChange =
  /** A redistribution begins: the new seed waits beside the old one. One that was waiting already is voided. */
  | { readonly type: 'set-pending'; readonly seed: Sealed; readonly at: UnixMs }
  /** The redistribution is undone. */
  | { readonly type: 'drop-pending'; readonly at: UnixMs }
  /** The pending seed takes the place of the old one, which is kept as voided. */
  | { readonly type: 'promote-pending'; readonly at: UnixMs }
  /** The same seeds sealed under another key; changes neither version nor state. */
  | { readonly type: 'reseal'; readonly seeds: TokenSeeds }

export interface TokenRepository extends TokenQueries {
  /** @throws StoreError `ALREADY_EXISTS` (facts: serial). */
  insert(token: NewToken): Promise<void>
  /** @throws StoreError `STALE_VERSION`, `NOT_FOUND`, `INVALID_VALUE` (a lower high-water step without `setBack`). */
  update(change: TokenUpdate): Promise<void>
  remove(id: string): Promise<void>
}

/** A token of an import file, before it is moved into the store. */
export interface StagedToken extends NewToken {
  /** Place in the file, from 1, for the report. */
  readonly line: number
}

export interface StagedDuplicate {
  readonly serial: string
  readonly line: number
  /** `file`: an earlier line has the same serial. `store`: the store has it already. */
  readonly with: 'file' | 'store'
  /** The stored token, when `store`. */
  readonly tokenId: string | null
  readonly assigned: boolean
  /** The stored token has the very same seed. */
  readonly sameSeed: boolean
}

export interface ImportCounts {
  readonly inserted: number
  readonly replaced: number
  readonly skipped: number
}

/**
 * Import in two steps, in bounded memory: rows are staged in chunks, then moved in one atomic statement. Staged rows are
 * invisible to logins and searches.
 */
export interface TokenStaging {
  /**
   * Ids of tokens that are stored already, by serial. A staged row of such a serial must carry that id, and its seed be
   * sealed for it, so that it opens after a replacement.
   */
  idsOfSerials(serials: readonly string[]): Promise<ReadonlyMap<string, string>>
  stage(importId: string, rows: readonly StagedToken[]): Promise<void>
  countStaged(importId: string): Promise<number>
  /** In the order of the line. */
  duplicates(importId: string, page: PageRequest): Promise<Page<StagedDuplicate>>
  discard(importId: string): Promise<void>
  /** Left-overs of imports that never ended. @returns how many rows were dropped. */
  discardBefore(instant: UnixMs): Promise<number>
}

export interface TokenStagingMove {
  /**
   * Moves every staged row. Of rows with one serial in the file the first counts. `replace` keeps owner, PIN, domain and
   * high-water step; a token with another seed gets a fresh clock, and an HOTP token the staged counter.
   * `refuse` throws StoreError `ALREADY_EXISTS` when there is any duplicate; `replace` throws `STALE_VERSION` when a token
   * was added since the row was staged.
   */
  moveStaged(importId: string, duplicates: 'skip' | 'replace' | 'refuse'): Promise<ImportCounts>
}
