import type { UnixMs } from '@driftlock/domain'
import type { ChainCheckpoint } from './audit-store.ts'

/** What a record's MAC is made over. */
export interface MacInput {
  readonly keyId: string
  readonly chainId: string
  readonly sequence: number
  readonly previousMac: Uint8Array
  /** SHA-256 of the record, 32 octets. */
  readonly digest: Uint8Array
}

/** The arithmetic of the audit chain, for whoever verifies it. */
export interface AuditProof {
  /** False for an auditor who has only public keys: records are then proved by the next checkpoint. */
  readonly knowsMacKeys: boolean
  digest(record: string): Uint8Array
  /** @returns `undefined` if the key is not known. */
  mac(input: MacInput): Uint8Array | undefined
  /** Sums up a chain: 32 octets over everything from its start. Starts with 32 zero octets. */
  accumulate(
    previous: Uint8Array,
    link: Omit<MacInput, 'keyId' | 'chainId' | 'previousMac'> & { readonly mac: Uint8Array },
  ): Uint8Array
  /** @returns the accumulated value the checkpoint signs, or `undefined` if the signature is not good. */
  signedSum(checkpoint: ChainCheckpoint): Uint8Array | undefined
}

/** Signs where a chain stands, with a key whose public half is enough to check it. */
export interface CheckpointSigner {
  sign(stand: {
    readonly chainId: string
    readonly sequence: number
    readonly mac: Uint8Array
    readonly sum: Uint8Array
    readonly at: UnixMs
  }): ChainCheckpoint
}
