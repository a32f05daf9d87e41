import type { PinKeys } from '@driftlock/domain'
import type { Sealed } from './sealed.ts'

/** What a secret at rest is. Each purpose has data keys of its own: a seed's key opens no RADIUS secret. */
export type SealPurpose = 'seed' | 'radius-secret' | 'setting' | 'private-key'

/** What a value handed to a client is: it comes back later, perhaps to another instance. */
export type CarriedPurpose = 'challenge' | 'session' | 'download'

/** Where a sealed value lives. It opens nowhere else. */
export interface SealContext {
  readonly table: string
  readonly column: string
  /** Identity of the row that never changes, e.g. the token's id. */
  readonly row: string
}

/** The keys of the product, opened in memory. Every call is synchronous and takes microseconds. */
export interface KeyRing {
  /** Seals under the current key of the purpose; the context is bound, not stored. 33 octets longer than the content. */
  seal(purpose: SealPurpose, context: SealContext, plaintext: Uint8Array): Sealed

  /** @throws SealError naming table, column and row, never content. */
  open(purpose: SealPurpose, context: SealContext, sealed: Sealed): Uint8Array

  /** @returns the id of the key that sealed it: eight hexadecimal digits; `undefined` if it is no sealed value. */
  sealedUnder(sealed: Sealed): string | undefined

  /** @returns the id of the key that seals new values of the purpose; values under another wait for `rewrapSealed`. */
  currentKeyId(purpose: SealPurpose): string

  /** The pepper keys of PINs and emergency tokencodes. Take them anew for each decision: rotation changes them. */
  pinKeys(): PinKeys

  /**
   * Seals what a client carries. Content up to 156 octets gives at most 252 characters of the URL-safe alphabet, which
   * fits a RADIUS State (253 octets, RFC 2865 §5.24) as it is.
   * @param bound What must be the same when it comes back, e.g. user id and method; not readable from the text.
   */
  sealText(purpose: CarriedPurpose, bound: readonly string[], content: Uint8Array): string

  /** @returns the content, or `undefined` for whatever this product did not seal for these bounds. */
  openText(purpose: CarriedPurpose, bound: readonly string[], text: string): Uint8Array | undefined
}

export type SealErrorCode = 'SEALED_VALUE_UNREADABLE' | 'SEALING_KEY_UNKNOWN'

/** A sealed column did not open: it was changed, moved from another row, or its key is not in the key ring. */
export class SealError extends Error {
  readonly code: SealErrorCode
  readonly context: SealContext

  constructor(code: SealErrorCode, context: SealContext, advice: string) {
    super(`The sealed value in ${context.table}.${context.column} of row ${context.row} does not open: ${advice}`)
    this.name = 'SealError'
    this.code = code
    this.context = context
  }
}
