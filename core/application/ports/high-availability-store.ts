import type {
  CloudRecord,
  Divergence,
  HeldRecord,
  Match,
  MatchCandidate,
  MatchingAttribute,
  Step,
  UnixMs,
  UnmatchedReason,
} from '@driftlock/domain'
import type { Page, PageRequest } from './page.ts'
import type { Sealed } from './sealed.ts'

/** A public signing key of the cloud. The first of a list signs now. */
export interface CloudKey {
  /** JWK, RFC 8037. */
  readonly key: { readonly kty: 'OKP'; readonly crv: 'Ed25519'; readonly x: string }
  /** null = no end is planned. */
  readonly validUntilMs: number | null
}

/** To whom this deployment is connected, and as whom. */
export interface CloudIdentity {
  readonly baseUrl: string
  readonly companyId: string
  readonly companyName: string
  readonly managerId: string
  readonly deploymentName: string
  readonly haEnabled: boolean
  readonly cloudKeys: readonly CloudKey[]
  readonly connectedAt: UnixMs
  readonly keysChangedAt: UnixMs
}

/** How far the records are, and when the next run is due. Written with each page, in its transaction. */
export interface SyncProgress {
  /** Up to where records are here; `0` = none yet. */
  readonly marker: string
  /** Rises with each full run; records a full run met carry it. */
  readonly generation: number
  /** A full run that has not ended; null = none. */
  readonly full: FullProgress | null
  /** The run under way, or the last. */
  readonly runId: string | null
  readonly failuresInARow: number
  readonly nextRunAt: UnixMs
  readonly lastRunAt: UnixMs | null
  readonly lastGoodAt: UnixMs | null
  /** The rule of matching the records were matched by. */
  readonly matchingRule: string
  /** Day since 1970 from which on steps may not have been told to the cloud. */
  readonly unreportedFromDay: number
}

export interface FullProgress {
  /** Only what changed up to here counts as divergence. */
  readonly divergenceUpToMs: number
  readonly divergence: Divergence
}

export interface HaConnection {
  /** `disconnecting`: its records are being removed. */
  readonly status: 'connected' | 'disconnecting'
  readonly identity: CloudIdentity
  /** Private keys, sealed; what is in them only the client of the cloud knows. */
  readonly keys: Sealed
  readonly progress: SyncProgress
  /** Rises with each write of identity or keys. */
  readonly version: number
  /** Rises with each write of the progress. */
  readonly progressVersion: number
}

export const HA_CONNECTION_ID = 'cloud'

export type RunOutcome = 'running' | 'succeeded' | 'failed' | 'interrupted'

export interface RunCounts {
  readonly pages: number
  readonly fetched: number
  readonly added: number
  readonly updated: number
  readonly revoked: number
  /** Of those fetched, without a user here. */
  readonly unmatched: number
  /** Records whose sealed seed did not open. */
  readonly failed: number
  /** Records that the cloud no longer has. */
  readonly removed: number
  /** Records that found their user without being fetched. */
  readonly rematched: number
  /** Steps told to the cloud. */
  readonly stepsReported: number
}

/** One run of the synchronisation, for the history. */
export interface SyncRun {
  readonly id: string
  readonly kind: 'incremental' | 'full' | 'user'
  readonly trigger: 'schedule' | 'command' | 'console'
  readonly instance: string
  readonly startedAt: UnixMs
  readonly finishedAt: UnixMs | null
  readonly outcome: RunOutcome
  readonly errorCode: string | null
  /** For the administrator; never a secret. */
  readonly errorText: string | null
  readonly markerFrom: string
  readonly markerTo: string
  readonly counts: RunCounts
  /** What a full run found to differ; null for other runs. */
  readonly divergence: Divergence | null
}

/** A record as lists show it. */
export interface ShownRecord extends HeldRecord {
  readonly username: string | null
  readonly updatedAt: UnixMs
}

export type RecordCondition = 'matched' | 'unmatched' | 'revoked' | 'deleted-here'

export interface RecordFilter {
  readonly condition?: RecordCondition
  readonly reason?: UnmatchedReason
  /** Beginning of the serial or the attribute. */
  readonly text?: string
}

export interface RecordCounts {
  /** With a token here that can serve. */
  readonly matched: number
  readonly unmatched: Readonly<Partial<Record<UnmatchedReason, number>>>
  readonly revoked: number
  /** Their tokens were deleted here by an administrator. */
  readonly deletedHere: number
}

export interface UnreportedStep {
  readonly recordId: string
  readonly serial: string
  readonly step: Step
}

export interface HighAvailabilityQueries {
  connection(): Promise<HaConnection | undefined>
  /** In no order; those that are not here are left out. */
  held(recordIds: readonly string[]): Promise<readonly HeldRecord[]>
  heldOfUser(userId: string): Promise<readonly HeldRecord[]>
  /** Other records with one of these serials, such as those of an earlier company. */
  withSerials(serials: readonly string[]): Promise<readonly { readonly recordId: string; readonly serial: string }[]>
  /** Ids of the tokens that have one of these serials. */
  tokensWithSerials(serials: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** Users by the key of their attribute (`matchingKey`). */
  candidates(
    attribute: MatchingAttribute,
    keys: readonly string[],
  ): Promise<ReadonlyMap<string, readonly MatchCandidate[]>>
  records(filter: RecordFilter, page: PageRequest): Promise<Page<ShownRecord>>
  counts(): Promise<RecordCounts>
  /** Records whose user must be looked for again. */
  toMatch(limit: number): Promise<readonly HeldRecord[]>
  /** Records whose sealed seed did not open. */
  unreadable(limit: number): Promise<readonly HeldRecord[]>
  /** Steps used here that the cloud was not told of. Looks at tokens used since that day only. */
  unreported(from: { readonly day: number; readonly after: string }, limit: number): Promise<UnreportedPage>
  /** The same of tokens that were taken from their users, or deleted, before the cloud was told. */
  unreportedOfGone(limit: number): Promise<readonly UnreportedStep[]>
  /** Records that the full run of this generation did not meet, in the order of their id. */
  notMet(generation: number, afterRecordId: string, limit: number): Promise<readonly string[]>
  /** For key rotation: seeds of records that wait for their users, in the order of the record. */
  waitingSeeds(afterRecordId: string, limit: number): Promise<readonly WaitingSeed[]>
  run(id: string): Promise<SyncRun | undefined>
  /** Newest first. */
  runs(page: PageRequest): Promise<Page<SyncRun>>
}

export interface UnreportedPage {
  readonly steps: readonly UnreportedStep[]
  /** Where the next page begins; undefined = all were looked at. */
  readonly next: string | undefined
}

export interface WaitingSeed {
  readonly recordId: string
  /** The token it is sealed for. */
  readonly tokenId: string
  readonly seed: Sealed
}

/** One record as it is to be. */
export interface RecordWrite {
  readonly record: CloudRecord
  readonly held: HeldRecord | undefined
  readonly companyId: string
  readonly place: Match | { readonly type: 'revoked' }
  /** For which token the seed is sealed. */
  readonly tokenId: string
  /** Newly sealed; `keep` = the one that is here; `drop` = none any more. */
  readonly seed: Sealed | 'keep' | 'drop'
  readonly leaveDeleted: boolean
  /** Its user is looked for once more with the next run. */
  readonly lookAgain: boolean
}

export interface WriteTerms {
  /** Of the full run that met them; null = as it was. */
  readonly generation: number | null
  readonly now: UnixMs
}

/** Inside a unit of work, what is read of records and their users stays so until its end. */
export interface HighAvailabilityRepository extends HighAvailabilityQueries {
  /** In place of any connection there was. */
  connect(connection: Omit<HaConnection, 'version' | 'progressVersion'>): Promise<void>
  /** @throws StoreError `STALE_VERSION`. */
  saveIdentity(change: {
    readonly identity: CloudIdentity
    readonly keys: Sealed
    readonly version: number
  }): Promise<void>
  markDisconnecting(): Promise<void>
  /** @throws StoreError `STALE_VERSION`: another run went on meanwhile. */
  saveProgress(progress: SyncProgress, progressVersion: number): Promise<void>
  /** Only the row of the connection; its records must be gone. */
  endConnection(): Promise<void>
  /** The setting of the marker, if it is still what was read. @returns false when somebody else set it meanwhile. */
  advanceMarkerSetting(from: number, to: number, now: UnixMs): Promise<boolean>
  write(writes: readonly RecordWrite[], terms: WriteTerms): Promise<void>
  /** These were matched anew and stay as they are. */
  settle(recordIds: readonly string[]): Promise<void>
  /** These were met by the full run and are here already as the cloud has them. */
  met(recordIds: readonly string[], generation: number): Promise<void>
  /** Their tokens with them. @returns the serials of the tokens that were removed. */
  removeRecords(recordIds: readonly string[]): Promise<readonly string[]>
  /** Takes the apps' tokens from a user who is going to be deleted. @returns their serials. */
  detachUser(userId: string): Promise<readonly string[]>
  /** The same seed under another key; left alone when it was changed meanwhile. */
  resealWaiting(seed: WaitingSeed & { readonly previous: Sealed }): Promise<void>
  /** The cloud knows these steps now. */
  reported(steps: readonly UnreportedStep[]): Promise<void>
  saveRun(run: SyncRun): Promise<void>
  /** Keeps the newest. */
  pruneRuns(keep: number): Promise<void>
}
