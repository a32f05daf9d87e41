/** The input format a refusal belongs to. */
export type FormatName = 'sdtid' | 'ctf' | 'pskc' | 'csv' | 'otpauth' | 'radius'

/** The closed list of causes a reader or writer of `core/formats` can give. Stable: callers branch on these. */
export type FormatErrorCode =
  // The text itself
  | 'empty'
  | 'not-utf8'
  | 'nul-byte'
  | 'not-well-formed'
  | 'doctype-refused'
  | 'limit-exceeded'
  | 'truncated'
  // What kind of thing it is
  | 'not-sdtid'
  | 'not-ctf'
  | 'ctkip-link'
  | 'not-pskc'
  | 'not-csv'
  | 'not-otpauth'
  | 'migration-link'
  | 'not-radius'
  | 'unknown-dialect'
  | 'unsupported-version'
  | 'unsupported-algorithm'
  | 'unsupported-protection'
  // What is in it
  | 'missing-field'
  | 'missing-column'
  | 'invalid-field'
  | 'duplicate-field'
  | 'duplicate-serial'
  | 'ambiguous-encoding'
  | 'no-tokens'
  | 'wrong-length'
  | 'bad-checksum'
  | 'not-importable'
  // Whether it can be trusted and opened
  | 'password-required'
  | 'wrong-password'
  | 'device-id-required'
  | 'wrong-device-id'
  | 'key-required'
  | 'wrong-key'
  | 'mac-missing'
  | 'mac-mismatch'
  | 'header-tampered'
  | 'token-tampered'
  | 'bad-authenticator'
  | 'message-authenticator-missing'
  | 'message-authenticator-mismatch'
  // The caller asked a writer for what the format cannot hold
  | 'cannot-write'

/** Which record of a file is meant: its place counted from 1, and its serial where that could be read. */
export type FormatRecord = { readonly number: number; readonly serial?: string }

/** What a {@link FormatError} says beside its text. */
export type FormatErrorDetails = {
  readonly format: FormatName
  readonly code: FormatErrorCode
  readonly record?: FormatRecord | undefined
  readonly field?: string | undefined
}

/**
 * A refusal of a file, link or packet: what is wrong, where, and why. The message is one sentence for an administrator;
 * neither it nor any property ever holds a seed, key, password or other secret from the input.
 */
export class FormatError extends Error {
  readonly format: FormatName
  readonly code: FormatErrorCode
  readonly record?: FormatRecord
  readonly field?: string

  constructor(details: FormatErrorDetails, message: string) {
    super(message)
    this.name = 'FormatError'
    this.format = details.format
    this.code = details.code
    if (details.record !== undefined) this.record = details.record
    if (details.field !== undefined) this.field = details.field
  }
}
