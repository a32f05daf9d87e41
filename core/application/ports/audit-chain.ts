import type { AuditEntry } from '@driftlock/domain'

/** The last record of a chain. An empty chain has sequence 0 and 32 zero bytes. */
export interface ChainHead {
  readonly chainId: string
  readonly sequence: number
  readonly mac: Uint8Array
}

/** An audit entry as it is stored: its canonical text, and the MAC that ties it to the record before. */
export interface ChainedRecord {
  /** The previous sequence plus one. */
  readonly sequence: number
  /** Canonical JSON of the entry, the source of truth when it is read again. */
  readonly record: string
  /** 32 bytes: keyed over the previous MAC, the chain, the sequence and the digest of the record. */
  readonly mac: Uint8Array
  /** Which audit key made the MAC. */
  readonly keyId: string
}

/**
 * Chains audit records under a key that is not in the database. One chain per writer: each instance has its own, the
 * command has its own. Synchronous, and without effect but its answer: the store calls it inside a commit.
 */
export interface AuditChain {
  /** Chain this process writes to. */
  readonly chainId: string
  link(previous: ChainHead, entry: AuditEntry): ChainedRecord
  /** @returns what is kept of a record when it is pruned, enough to verify the chain across it. */
  digest(record: string): Uint8Array
}

/** The head of a chain nobody has written to. */
export function emptyChain(chainId: string): ChainHead {
  return { chainId, sequence: 0, mac: new Uint8Array(32) }
}
