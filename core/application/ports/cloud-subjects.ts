import type { ClockEstimate, GuessRecord, Step, TokencodeAlgorithm, UnixMs } from '@driftlock/domain'
import type { Sealed } from './sealed.ts'

/** A customer of the cloud access service. Everything but the service's own keys belongs to one. */
export interface Company {
  readonly id: string
  /** Short name, typed at log-ons; unique in the service, compared without case. */
  readonly name: string
  readonly displayName: string
  /** Whether managers may have its records. */
  readonly haEnabled: boolean
  readonly createdAt: UnixMs
  readonly version: number
}

/** Who administers: one company, or the service when `companyId` is null. */
export interface CloudAdministrator {
  readonly id: string
  readonly name: string
  readonly companyId: string | null
  /** null until the set-up code was used. */
  readonly passwordHash: string | null
  readonly setupCodeMac: Uint8Array | null
  readonly setupCodeExpiresAt: UnixMs | null
  readonly wrongPasswords: number
  readonly lockedUntil: UnixMs | null
  readonly createdAt: UnixMs
  readonly lastLogOnAt: UnixMs | null
  /** The user whose app's tokencode is asked for with the password; null = the password is enough. */
  readonly secondFactorUserId: string | null
  readonly version: number
}

/** An administrator who is logged on; found by the MAC of the secret the browser or program holds. */
export interface CloudSession {
  readonly mac: Uint8Array
  readonly administratorId: string
  readonly createdAt: UnixMs
  readonly lastSeenAt: UnixMs
  readonly expiresAt: UnixMs
}

export interface CloudSource {
  readonly id: string
  readonly companyId: string
  /** Unique in the company. */
  readonly name: string
}

export interface CloudUser {
  readonly id: string
  readonly companyId: string
  readonly sourceId: string
  /** The value by which a user is known, such as a user ID or an e-mail address; unique in the source, without case. */
  readonly attribute: string
  readonly displayName: string
  readonly enabled: boolean
  readonly guesses: GuessRecord
  readonly createdAt: UnixMs
  readonly version: number
}

/** As lists show it. */
export interface ShownCloudUser extends CloudUser {
  readonly sourceName: string
  /** Serial of the app in use; null = none. */
  readonly serial: string | null
}

export type AppStatus = 'pending' | 'active' | 'revoked'

/** An authenticator app on a device, with one tokencode: one per user is active. */
export interface AppDevice {
  readonly id: string
  readonly companyId: string
  readonly userId: string
  readonly serial: string
  readonly status: AppStatus
  readonly publicName: string
  readonly algorithm: TokencodeAlgorithm
  readonly digits: number
  readonly intervalSeconds: number
  readonly seedVersion: number
  readonly version: number
  readonly highWaterStep: Step
  readonly clock: ClockEstimate
  readonly badTokencodeCount: number
  readonly challengeSpentStep: Step
  readonly lastAcceptedAt: UnixMs | null
  readonly createdAt: UnixMs
  /** While pending: until when the proof is taken, and how often it failed. */
  readonly proofUntil: UnixMs | null
  readonly proofFailures: number
  readonly provenAt: UnixMs | null
  readonly endedAt: UnixMs | null
  readonly endReason: 'replaced' | 'revoked' | 'user-deleted' | null
  /** Place in the feed; null = not in it yet. */
  readonly changeTime: UnixMs | null
}

export interface NewAppDevice {
  readonly device: AppDevice
  readonly seed: Sealed
}

export interface ShownAppDevice extends AppDevice {
  readonly attribute: string
  readonly sourceName: string
}

/** A one-time code, kept as a MAC: for a user's app (`userId`) or for a manager (`signingKeyId`: who signs the answer). */
export interface RegistrationOffer {
  readonly mac: Uint8Array
  readonly companyId: string
  readonly userId: string | null
  readonly signingKeyId: string | null
  readonly createdAt: UnixMs
  readonly expiresAt: UnixMs
}

/** A public key as JSON Web Key, in canonical text, with its RFC 7638 thumbprint. */
export interface PublicKeyText {
  readonly id: string
  readonly jwk: string
}

/** A deployment that was connected. All its instances share this identity. */
export interface ConnectedManager {
  readonly id: string
  readonly companyId: string
  readonly name: string
  readonly signingKey: PublicKeyText
  /** Still believed until `previousKeyUntil`. */
  readonly previousKey: PublicKeyText | null
  readonly previousKeyUntil: UnixMs | null
  readonly sealingKey: PublicKeyText
  readonly createdAt: UnixMs
  readonly lastSeenAt: UnixMs | null
  /** The marker it asked with last. */
  readonly lastMarker: string | null
  readonly revokedAt: UnixMs | null
}

/** A key that answers are signed with. */
export interface CloudSigningKey {
  readonly key: PublicKeyText
  readonly sealedPrivateKey: Sealed
  readonly createdAt: UnixMs
  /** From then on it signs. */
  readonly activeFrom: UnixMs
}

/** One device as the feed gives it to one manager. */
export interface FeedItem {
  readonly device: AppDevice
  readonly userEnabled: boolean
  readonly attribute: string
  readonly sourceName: string
  readonly changeTime: UnixMs
  readonly seed: Sealed | null
  /** What was sealed to this manager's key for this version of the seed, if it was. */
  readonly sealedToManager: string | null
}

export interface SealedToManager {
  readonly deviceId: string
  readonly seedVersion: number
  readonly sealed: string
}
