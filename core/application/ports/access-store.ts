import type { UnixMs } from '@driftlock/domain'

/** A user who may administer. The password is the user's. */
export interface Administrator {
  readonly userId: string
  readonly enabled: boolean
  /** Keyed hash of a one-time set-up code; null once used. */
  readonly setupCodeMac: Uint8Array | null
  readonly setupCodeExpiresAt: UnixMs | null
  readonly createdAt: UnixMs
  readonly lastLogOnAt: UnixMs | null
  readonly version: number
}

export interface Role {
  readonly id: string
  readonly name: string
  /** Names of permissions; what they mean is the domain's. */
  readonly permissions: readonly string[]
  /** Came with the product and cannot be changed. */
  readonly predefined: boolean
  readonly version: number
}

/** Role × scope: the domain and everything below it. */
export interface RoleAssignment {
  readonly id: string
  readonly userId: string
  readonly roleId: string
  readonly securityDomainId: string
  readonly createdAt: UnixMs
}

export interface ApiKey {
  readonly id: string
  readonly name: string
  /** Administrator it acts for. */
  readonly userId: string
  /** Keyed hash of the secret part. */
  readonly secretMac: Uint8Array
  /** Narrows the administrator's own permissions; empty = all of them. */
  readonly permissions: readonly string[]
  readonly createdAt: UnixMs
  readonly expiresAt: UnixMs | null
  readonly lastUsedAt: UnixMs | null
  readonly revokedAt: UnixMs | null
}

/** A browser's session in a console. */
export interface Session {
  /** Hash of the cookie's value; the value itself is not kept. */
  readonly id: string
  readonly console: 'security' | 'self-service' | 'operations'
  readonly userId: string
  readonly createdAt: UnixMs
  readonly lastSeenAt: UnixMs
  readonly expiresAt: UnixMs
  /** How it was opened and what it still has to do, as JSON. */
  readonly details: unknown
}

export interface AccessQueries {
  administrator(userId: string): Promise<Administrator | undefined>
  administrators(): Promise<readonly Administrator[]>
  role(id: string): Promise<Role | undefined>
  roles(): Promise<readonly Role[]>
  assignmentsOf(userId: string): Promise<readonly RoleAssignment[]>
  assignments(): Promise<readonly RoleAssignment[]>
  apiKey(id: string): Promise<ApiKey | undefined>
  apiKeys(): Promise<readonly ApiKey[]>
  session(id: string): Promise<Session | undefined>
  sessionsOf(userId: string): Promise<readonly Session[]>
}

export interface AccessRepository extends AccessQueries {
  insertAdministrator(administrator: Administrator): Promise<void>
  /** @throws StoreError `STALE_VERSION`. */
  updateAdministrator(administrator: Administrator): Promise<void>
  removeAdministrator(userId: string): Promise<void>
  insertRole(role: Role): Promise<void>
  updateRole(role: Role): Promise<void>
  removeRole(id: string): Promise<void>
  assignRole(assignment: RoleAssignment): Promise<void>
  revokeRole(assignmentId: string): Promise<void>
  insertApiKey(key: ApiKey): Promise<void>
  /** Writes `lastUsedAt`, `revokedAt`, `expiresAt` and `name`. */
  updateApiKey(key: ApiKey): Promise<void>
  saveSession(session: Session): Promise<void>
  removeSession(id: string): Promise<void>
  removeSessionsOf(userId: string): Promise<void>
  removeSessionsExpiredBefore(instant: UnixMs): Promise<number>
}
