/** The hash inside HOTP and TOTP. */
export type OathAlgorithm = 'sha1' | 'sha256' | 'sha512'

/**
 * One HOTP (RFC 4226) or TOTP (RFC 6238) token as a file or link describes it. `intervalSeconds` and `t0Seconds` mean nothing
 * for HOTP, `counter` means nothing for TOTP; they then hold 30, 0 and 0n. Dates are UTC, `YYYY-MM-DDTHH:MM:SSZ`.
 */
export type OathToken = {
  readonly serial: string
  readonly kind: 'totp' | 'hotp'
  readonly algorithm: OathAlgorithm
  readonly secret: Uint8Array
  readonly digits: number
  readonly intervalSeconds: number
  readonly t0Seconds: number
  readonly counter: bigint
  /** Steps the token's clock is ahead (positive) or behind (negative) as its maker measured it. */
  readonly timeDriftSteps?: number
  readonly manufacturer?: string
  readonly model?: string
  readonly issuer?: string
  readonly startDate?: string
  readonly expiryDate?: string
  readonly userId?: string
}

/** Bounds every reader and writer of OATH tokens keeps to. */
export const oathLimits = {
  minDigits: 6,
  maxDigits: 10,
  maxIntervalSeconds: 86_400,
  maxSecretBytes: 1024,
  maxCounter: 2n ** 64n - 1n,
  maxSerialLength: 255,
} as const

/** Reads a hash's name in any spelling met in files: `SHA1`, `sha-256`, `HMAC-SHA512`, `HmacSHA1`; undefined for others. */
export const parseOathAlgorithm = (text: string): OathAlgorithm | undefined => {
  const match = /^(?:hmac)?[-_ ]?sha[-_ ]?(1|256|512)$/i.exec(text.trim())
  return match === null ? undefined : (`sha${match[1]}` as OathAlgorithm) // the expression leaves only these three
}

/** Reads a whole decimal number within the bounds; undefined for anything else. */
export const parseBoundedInteger = (text: string, min: number, max: number): number | undefined => {
  if (!/^-?\d{1,15}$/.test(text)) return undefined
  const value = Number(text)
  return value >= min && value <= max ? value : undefined
}

/** Reads an HOTP counter, an unsigned 64-bit decimal number (RFC 4226 §5.1); undefined for anything else. */
export const parseCounter = (text: string): bigint | undefined => {
  if (!/^\d{1,20}$/.test(text)) return undefined
  const value = BigInt(text)
  return value <= oathLimits.maxCounter ? value : undefined
}
