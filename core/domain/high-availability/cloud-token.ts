import type { Step } from '../time.ts'
import type { TokenRecord } from '../token/token.ts'
import type { UnixMs } from '../time.ts'

/** Serials of authenticator apps begin so (seed 001); no other token may have such a serial. */
export const CLOUD_SERIAL_PREFIX = 'MFA'

/** The origin of tokens that the cloud access service keeps. */
export const CLOUD_ORIGIN = 'cloud'

/**
 * Whether a token is an app's, kept by the cloud access service: its owner, seed and life are settled there. It does not
 * count as one of a user's tokens, and nobody assigns, replaces or distributes it here.
 */
export function isCloudManaged({ serial }: Pick<TokenRecord, 'serial'>): boolean {
  return serial.startsWith(CLOUD_SERIAL_PREFIX)
}

/**
 * Whether a user holds a token of this deployment that has not expired: emergency codes may stand for an app only then
 * (seed 004, "Before you begin").
 */
export function hasOrdinaryToken(records: readonly Pick<TokenRecord, 'serial' | 'expiresAt'>[], now: UnixMs): boolean {
  return records.some((record) => !isCloudManaged(record) && (record.expiresAt === null || now < record.expiresAt))
}

/** An app's tokencode as the cloud access service tells it, without the seed. */
export interface CloudRecord {
  readonly recordId: string
  readonly serial: string
  /** Value of the one attribute by which users are matched. */
  readonly userAttribute: string
  /** Name of the identity source at the cloud. */
  readonly identitySource: string
  readonly algorithm: 'sha1' | 'sha256' | 'sha512'
  readonly digits: number
  readonly intervalSeconds: number
  readonly state: 'active' | 'revoked'
  /** Highest step that was used anywhere the cloud knows of; null = none yet. */
  readonly lastUsedStep: Step | null
  /** How far the app's clock was ahead (+) when it was last seen; null = not seen. */
  readonly clockOffsetMs: number | null
  /** The same version is the same seed. */
  readonly seedVersion: number
  /** Milliseconds since 1970 at the cloud; the record's place in the feed. */
  readonly changeTimeMs: number
}
