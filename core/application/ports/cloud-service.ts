import type { CloudRecord, Step, UnixMs } from '@driftlock/domain'
import type { CloudIdentity, CloudKey } from './high-availability-store.ts'

/** How the cloud stands, as its last believed answer said. */
export interface CloudStanding {
  readonly companyId: string
  readonly companyName: string
  readonly haEnabled: boolean
  readonly cloudKeys: readonly CloudKey[]
  readonly serverTimeMs: UnixMs
}

export interface CloudRegistration {
  /** As it is to be kept. */
  readonly baseUrl: string
  readonly standing: CloudStanding
  readonly managerId: string
  /** Private keys as text, to be sealed by the caller. */
  readonly keys: Uint8Array
}

/** A record with its seed still sealed; absent for revoked ones. */
export interface SealedRecord extends CloudRecord {
  readonly sealedSeed?: string
}

export interface CloudPage {
  readonly companyId: string
  readonly records: readonly SealedRecord[]
  readonly nextMarker: string
  readonly hasMore: boolean
}

export interface CloudVerification {
  readonly outcome: 'accepted' | 'rejected' | 'next-tokencode'
  readonly reason: string
  readonly step: Step | null
}

/** Which private keys a rotation made; saved before the cloud is told, so that a crash loses none. */
export interface KeyRotation {
  /** Old and new keys. */
  readonly pending: Uint8Array
  /** Tells the cloud. @returns the keys to keep from now on. */
  readonly carryOut: () => Promise<Uint8Array>
}

/** Calls to the cloud as one manager. Every answer is believed only when it is signed by the cloud, for this very call. */
export interface CloudCalls {
  status(): Promise<CloudStanding & { readonly recordCount: number; readonly latestMarker: string }>
  feed(after: string, limit: number): Promise<CloudPage>
  userRecords(attribute: string): Promise<Pick<CloudPage, 'companyId' | 'records'>>
  verify(serial: string, tokencode: string, timeoutMs: number): Promise<CloudVerification>
  /** @returns serials the cloud does not know (any more). */
  reportSteps(steps: readonly { readonly serial: string; readonly step: Step }[]): Promise<readonly string[]>
  rotateKeys(): Promise<KeyRotation>
  /** @throws CloudError `SEED_UNREADABLE`. */
  openSeed(record: SealedRecord): Promise<Uint8Array>
  /** What was learned of the cloud by the answers so far. */
  learned(): { readonly skewSeconds: number; readonly standing: Partial<CloudStanding> }
}

export interface CloudAccess {
  readonly identity: CloudIdentity
  /** Private keys, opened. */
  readonly keys: Uint8Array
  readonly timeoutMs: number
}

export interface CloudService {
  /**
   * Registers this deployment with a code as the cloud's administrator was shown it. The code carries the thumbprint of
   * the cloud's key: whoever answers without that key is not believed.
   * @throws CloudError.
   */
  register(request: {
    readonly baseUrl: string
    readonly registrationCode: string
    readonly deploymentName: string
    readonly timeoutMs: number
  }): Promise<CloudRegistration>
  open(access: CloudAccess): CloudCalls
}

/** What can go wrong with the cloud. Codes are never reused. */
export type CloudErrorCode =
  /** No connection, or none in time. */
  | 'CLOUD_UNREACHABLE'
  | 'CLOUD_TIMEOUT'
  /** The answer passed the limit of 8 MiB and was not read further. */
  | 'CLOUD_ANSWER_TOO_LARGE'
  /** No signature, one by another key, or one for another request: not believed. */
  | 'CLOUD_ANSWER_UNTRUSTED'
  /** Signed, but not what was agreed on. */
  | 'CLOUD_ANSWER_INVALID'
  /** The records are another company's. */
  | 'CLOUD_FOREIGN_COMPANY'
  /** Signed, and no; `facts.refusal` is the cloud's code. */
  | 'CLOUD_REFUSED'
  | 'CLOUD_CLOCK_SKEW'
  | 'CLOUD_HA_DISABLED'
  /** The code is no registration code, or the address no address of a cloud access service. */
  | 'CLOUD_ADDRESS_INVALID'
  | 'SEED_UNREADABLE'

/** A failure of, or on the way to, the cloud access service. `facts` never hold a secret. */
export class CloudError extends Error {
  readonly code: CloudErrorCode
  readonly facts: Readonly<Record<string, string | number>>

  constructor(
    code: CloudErrorCode,
    message: string,
    more: { readonly facts?: Readonly<Record<string, string | number>>; readonly cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause })
    this.name = 'CloudError'
    this.code = code
    this.facts = more.facts ?? {}
  }
}
