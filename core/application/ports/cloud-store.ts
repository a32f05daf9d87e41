import type { AuditEntry, UnixMs } from '@driftlock/domain'
import type { AuditQueries, AuditRepository } from './audit-store.ts'
import type { AuthenticationStore } from './authentication-store.ts'
import type {
  AppDevice,
  CloudAdministrator,
  CloudSession,
  CloudSigningKey,
  CloudSource,
  CloudUser,
  Company,
  ConnectedManager,
  FeedItem,
  NewAppDevice,
  RegistrationOffer,
  SealedToManager,
  ShownAppDevice,
  ShownCloudUser,
} from './cloud-subjects.ts'
import type { KeyStore } from './key-store.ts'
import type { Page, PageRequest } from './page.ts'
import type { Sealed } from './sealed.ts'

export interface CloudUserFilter {
  readonly companyId: string
  /** Start of the attribute or of the displayed name, without case. */
  readonly text?: string
  readonly sourceId?: string
}

export interface DeviceFilter {
  readonly companyId: string
  readonly userId?: string
  readonly status?: AppDevice['status']
  /** Start of a serial. */
  readonly serial?: string
}

export interface FeedRequest {
  readonly companyId: string
  /** Excluded; absent = from the start. */
  readonly after?: { readonly changeTimeMs: number; readonly recordId: string }
  readonly limit: number
  /** For whom, sealed to which key: finds what was sealed before. */
  readonly managerId: string
  readonly sealingKeyId: string
}

/** What a company has, for status and for managers. */
export interface CompanyCounts {
  readonly users: number
  readonly activeApps: number
  /** The last place in the feed; undefined = it is empty. */
  readonly latest: { readonly changeTimeMs: number; readonly recordId: string } | undefined
}

export interface CloudQueries {
  readonly auditLog: AuditQueries
  companies(): Promise<readonly Company[]>
  company(id: string): Promise<Company | undefined>
  companyByName(name: string): Promise<Company | undefined>
  counts(companyId: string): Promise<CompanyCounts>
  administrators(companyId: string | null): Promise<readonly CloudAdministrator[]>
  administrator(id: string): Promise<CloudAdministrator | undefined>
  administratorByName(name: string): Promise<CloudAdministrator | undefined>
  session(macs: readonly Uint8Array[]): Promise<CloudSession | undefined>
  sources(companyId: string): Promise<readonly CloudSource[]>
  users(filter: CloudUserFilter, page: PageRequest): Promise<Page<ShownCloudUser>>
  user(id: string): Promise<ShownCloudUser | undefined>
  /** Those of the company with this attribute, over all its sources or in one. */
  usersByAttribute(companyId: string, attribute: string, sourceName?: string): Promise<readonly ShownCloudUser[]>
  devices(filter: DeviceFilter, page: PageRequest): Promise<Page<ShownAppDevice>>
  device(id: string): Promise<ShownAppDevice | undefined>
  deviceBySerial(serial: string): Promise<ShownAppDevice | undefined>
  deviceSeed(id: string): Promise<Sealed | undefined>
  /** Ordered by (change time, id); whatever has a change time is committed with every earlier one. */
  feed(request: FeedRequest): Promise<readonly FeedItem[]>
  userFeed(request: Omit<FeedRequest, 'after'> & { readonly userIds: readonly string[] }): Promise<readonly FeedItem[]>
  managers(companyId: string): Promise<readonly ConnectedManager[]>
  manager(id: string): Promise<ConnectedManager | undefined>
  /** By its signing key, or the one before. */
  managerByKey(keyId: string): Promise<ConnectedManager | undefined>
  /** Newest first. */
  signingKeys(): Promise<readonly CloudSigningKey[]>
}

export interface CloudRepository extends CloudQueries {
  readonly auditLog: AuditRepository
  /** Chained and written with the unit, in the order of the calls. */
  audit(entry: AuditEntry): void
  /**
   * The one change time of this company in this unit of work: above every earlier one, whatever the clock says. From here
   * to the commit no other unit of the company gets one, so a reader that sees it sees all before it. Whoever changes
   * users or devices of a company asks for it first.
   */
  changeTime(companyId: string): Promise<UnixMs>
  insertCompany(company: Company): Promise<void>
  /** @throws StoreError `STALE_VERSION`. */
  updateCompany(company: Company): Promise<void>
  insertAdministrator(administrator: CloudAdministrator): Promise<void>
  /** Raises the version. @throws StoreError `STALE_VERSION`. */
  updateAdministrator(administrator: CloudAdministrator): Promise<void>
  deleteAdministrator(id: string): Promise<void>
  insertSession(session: CloudSession): Promise<void>
  touchSession(mac: Uint8Array, at: UnixMs): Promise<void>
  deleteSession(mac: Uint8Array): Promise<void>
  deleteSessionsOf(administratorId: string): Promise<void>
  insertSource(source: CloudSource): Promise<void>
  insertUsers(users: readonly CloudUser[]): Promise<void>
  /** Which of these attributes the source has, as `loginName` makes them. */
  knownAttributes(sourceId: string, attributes: readonly string[]): Promise<ReadonlySet<string>>
  /** Raises the version. @throws StoreError `STALE_VERSION`. */
  updateUser(user: CloudUser): Promise<void>
  deleteUser(id: string): Promise<void>
  /** Puts every app of the user at this place in the feed. */
  moveDevicesOf(userId: string, at: UnixMs): Promise<void>
  insertDevices(devices: readonly NewAppDevice[]): Promise<void>
  /** Raises the version; a revoked device loses its seed. @throws StoreError `STALE_VERSION`. */
  updateDevice(device: AppDevice): Promise<void>
  /** Raises high-water steps; a step at or below is left as it is. @returns the ids of those that were raised. */
  raiseSteps(
    steps: readonly { readonly deviceId: string; readonly step: bigint }[],
    at: UnixMs,
  ): Promise<readonly string[]>
  devicesBySerial(companyId: string, serials: readonly string[]): Promise<readonly AppDevice[]>
  insertOffer(offer: RegistrationOffer): Promise<void>
  /** Removes and returns it: of two racing calls one gets it. Expired ones are returned, too. */
  takeOffer(macs: readonly Uint8Array[]): Promise<RegistrationOffer | undefined>
  insertManager(manager: ConnectedManager): Promise<void>
  updateManager(manager: ConnectedManager): Promise<void>
  /** @returns false when this manager used it before. */
  claimRequest(managerId: string, requestId: string, expiresAt: UnixMs): Promise<boolean>
  noteManagerSeen(managerId: string, seen: { readonly at: UnixMs; readonly marker?: string }): Promise<void>
  rememberSealed(managerId: string, keyId: string, sealed: readonly SealedToManager[]): Promise<void>
  insertSigningKey(key: CloudSigningKey): Promise<void>
}

/** What is cleared away by itself. */
export interface CloudCleaning {
  /** Sessions, offers, request ids and unproved registrations that ran out before this instant. */
  removeExpired(before: UnixMs): Promise<void>
  /** Revoked devices that have stood in the feed since before this instant. */
  removeTombstones(before: UnixMs): Promise<number>
}

export interface CloudStore extends CloudCleaning {
  readonly read: CloudQueries
  /** Log-ons by `company\attribute`. */
  readonly authentication: AuthenticationStore
  readonly keys: KeyStore
  transaction<T>(work: (tx: CloudRepository) => Promise<T>): Promise<T>
}
