import type { UnixMs } from '@driftlock/domain'
import type { CarriedPurpose, SealPurpose } from './key-ring.ts'

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

/** Where wrapped data keys live. Small: some keys a purpose. Keys are never deleted while a value needs them. */
export interface KeyStore {
  list(): Promise<readonly WrappedKey[]>

  /** @returns false, and stores nothing, if the id or the (purpose, generation) is taken: another instance was faster. */
  insert(key: WrappedKey): Promise<boolean>

  /**
   * Replaces `wrapped` and `masterKeyId` of the given keys (by id) in one transaction, all or nothing.
   * @returns false, and changes nothing, unless every stored key is among them and still wrapped by `previousMasterKeyId`.
   */
  rewrap(keys: readonly WrappedKey[], previousMasterKeyId: string): Promise<boolean>
}
