import type { UnixMs } from '../time.ts'

/** A PIN as it is kept: HMAC-SHA256 under a key that is not in the database. Never the PIN. */
export interface PinVerifier {
  /** Which pepper key made it. */
  readonly keyId: string
  /** 32 bytes. */
  readonly mac: Uint8Array
}

export interface PinState {
  readonly verifier: PinVerifier
  /** Characters in the PIN; PINPad style needs it to know how many digits were mixed in. */
  readonly length: number
  readonly setAt: UnixMs
  /** Earlier PINs, newest first, for the reuse rule. */
  readonly history: readonly PinVerifier[]
}

/** The pepper keys of the key ring, opened. */
export interface PinKeys {
  readonly current: { readonly id: string; readonly key: Uint8Array }
  /** Every key that may still verify, by id, the current one included. */
  readonly byId: ReadonlyMap<string, Uint8Array>
}
