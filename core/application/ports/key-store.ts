import type { UnixMs } from '@driftlock/domain'
import type { CarriedPurpose, SealPurpose } from './key-ring.ts'

/** `pin-pepper` keys verify PINs and emergency tokencodes; the audit keys chain and sign the audit log. */
export type KeyPurpose = SealPurpose | CarriedPurpose | 'pin-pepper' | 'audit-mac' | 'audit-signing'

/** A data key as the store keeps it: wrapped by the master key, useless without it. */
export interface WrappedKey {
  /** Eight hexadecimal digits, unique in the store; part of every value the key seals. */
  readonly id: string
  readonly purpose: KeyPurpose
  /** 1 for the first key of the purpose. Unique per purpose: two instances cannot both make the next one. */
  readonly generation: number
  readonly createdAt: UnixMs
  /** From this instant the key seals new values; it opens at once, so that all instances know it before it is used. */
  readonly activeFrom: UnixMs
  /** Names the master key that wraps it, 16 hexadecimal digits; how a wrong master key is told from a damaged row. */
  readonly masterKeyId: string
  readonly wrapped: Uint8Array
  /** `audit-signing` only: the raw Ed25519 public key, 32 octets, which an auditor may have. */
  readonly publicKey: Uint8Array | null
}

/** One key under a new master key. */
export interface RewrappedKey {
  readonly id: string
  readonly previousMasterKeyId: string
  readonly masterKeyId: string
  readonly wrapped: Uint8Array
}

/** Where wrapped data keys live. Small: some keys a purpose. Keys are never deleted while a value needs them. */
export interface KeyStore {
  list(): Promise<readonly WrappedKey[]>

  /** @returns false, and stores nothing, if the id or the (purpose, generation) is taken: another instance was faster. */
  insert(key: WrappedKey): Promise<boolean>

  /**
   * Replaces `wrapped` and `masterKeyId` of every stored key in one transaction, all or nothing.
   * @returns false, and changes nothing, unless the stored ids are exactly these and each has its `previousMasterKeyId`.
   */
  rewrap(keys: readonly RewrappedKey[]): Promise<boolean>
}
