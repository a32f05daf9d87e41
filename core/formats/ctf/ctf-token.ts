import type { FormatErrorCode } from '../format-error.ts'
import { FormatError } from '../format-error.ts'
import type { SecuridPinMode, SecuridPinStyle } from '../sdtid/sdtid-token.ts'

/** One SecurID-format token as a compressed token string states it. */
export type CtfToken = {
  /** 12 decimal digits. */
  readonly serial: string
  /** 16 bytes, secret. */
  readonly seed: Uint8Array
  /** 1-8. */
  readonly digits: number
  readonly intervalSeconds: 30 | 60
  /** Versions 3 and 4 hold only 0 or 2: they have no place for LocalPIN. */
  readonly pinMode: SecuridPinMode
  /** Last valid day, ISO date in UTC. */
  readonly death: string
  /** First valid day, ISO date in UTC; versions 3 and 4 only. */
  readonly birth?: string | undefined
  /** The format's mode bit ("feature 4"); no effect on the tokencode is known. */
  readonly mode: boolean
  /** Versions 1 and 2 only; false in the others. Changes no tokencode. */
  readonly appDerivedSeeds: boolean
  /** Versions 1 and 2 only; true in the others, whose seeds are taken for time-derived. Changes no tokencode. */
  readonly timeDerivedSeeds: boolean
}

/** What reading tells beside the token. */
export type CtfReading = CtfToken & {
  readonly version: 1 | 2 | 3 | 4
  readonly pinStyle: SecuridPinStyle
  readonly isPasswordProtected: boolean
  readonly isDeviceBound: boolean
}

/** What opens a protected string; ignored where the string does not ask for it. */
export type CtfOpening = {
  readonly password?: string | undefined
  readonly deviceId?: string | undefined
}

/** Days from 1970-01-01 to 2000-01-01, where the format starts to count. */
export const ctfEpochDay = 10957

/** A refusal of a compressed token string. The string itself is a secret and never part of it. */
export function refuseCtf(code: FormatErrorCode, message: string, field?: string): FormatError {
  return new FormatError({ format: 'ctf', code, field }, message)
}
