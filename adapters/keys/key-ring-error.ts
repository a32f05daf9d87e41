export type KeyRingErrorCode =
  | 'MASTER_KEY_NOT_FOUND'
  | 'MASTER_KEY_EXPOSED'
  | 'MASTER_KEY_MALFORMED'
  | 'MASTER_KEY_WRONG'
  | 'DATA_KEY_DAMAGED'
  | 'KEY_STORE_BUSY'

/** The key ring cannot be opened or changed. The message names what was tried and what to do; it never holds a key. */
export class KeyRingError extends Error {
  readonly code: KeyRingErrorCode

  constructor(code: KeyRingErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'KeyRingError'
    this.code = code
  }
}
