import type { AuditAction, AuditEntry, AuditOutcome, UnixMs } from '@driftlock/domain'
import type { ChainHead } from './audit-chain.ts'
import type { Page, SearchRequest } from './page.ts'

/** An audit record with its place in its chain. */
export interface AuditRecord {
  readonly chainId: string
  readonly sequence: number
  readonly entry: AuditEntry
}

/** Every given field must match. */
export interface AuditFilter {
  readonly from?: UnixMs
  readonly before?: UnixMs
  readonly userId?: string
  readonly tokenSerial?: string
  readonly agent?: string
  readonly actorId?: string
  readonly actions?: readonly AuditAction[]
  readonly outcome?: AuditOutcome
  readonly reason?: string
  readonly securityDomainIds?: readonly string[]
  readonly chainId?: string
}

/** A link as it lies in the store, for verification. Columns are what searches look at and must agree with the record. */
export interface AuditLink {
  readonly chainId: string
  readonly sequence: number
  readonly id: string
  readonly mac: Uint8Array
  readonly keyId: string
  /** null = pruned; `digest` stands for it then. */
  readonly record: string | null
  readonly digest: Uint8Array | null
  readonly columns: Readonly<Record<string, string | number | null>> | null
}

/** Where a chain stood at an instant, signed by its writer. */
export interface ChainCheckpoint {
  readonly chainId: string
  readonly sequence: number
  readonly mac: Uint8Array
  readonly at: UnixMs
  readonly keyId: string
  readonly signature: Uint8Array
}

export interface AuditQueries {
  /** What the search columns of a record must hold. */
  columnsOf(entry: AuditEntry): Readonly<Record<string, string | number | null>>
  find(id: string): Promise<AuditRecord | undefined>
  /** Newest first unless asked otherwise. */
  search(filter: AuditFilter, page: SearchRequest & { readonly oldestFirst?: boolean }): Promise<Page<AuditRecord>>
  /** Heads of all chains. */
  heads(): Promise<readonly ChainHead[]>
  /** Every chain that has a head or a record. */
  chainIds(): Promise<readonly string[]>
  /** Links of one chain above a sequence, in order; at most `limit`. */
  links(chainId: string, aboveSequence: number, limit: number): Promise<readonly AuditLink[]>
  checkpoints(chainId: string): Promise<readonly ChainCheckpoint[]>
  /** Highest sequence of a chain whose records are all before the instant; 0 = none. For pruning. */
  lastSequenceBefore(chainId: string, instant: UnixMs): Promise<number>
  /** Log-ons per time slot and outcome, for charts; slots without any are left out. */
  outcomesOverTime(from: UnixMs, before: UnixMs, slotMs: number): Promise<readonly OutcomeCount[]>
}

export interface OutcomeCount {
  readonly slotStart: UnixMs
  readonly outcome: AuditOutcome
  readonly count: number
}

export interface AuditRepository extends AuditQueries {
  addCheckpoint(checkpoint: ChainCheckpoint): Promise<void>
  /** Reduces records up to a sequence to their digests, at most `limit` in one go. @returns how many. */
  prune(chainId: string, throughSequence: number, limit: number): Promise<number>
}
