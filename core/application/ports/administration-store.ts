import type { AuditEntry } from '@driftlock/domain'
import type { AccessQueries, AccessRepository } from './access-store.ts'
import type { AuditQueries, AuditRepository } from './audit-store.ts'
import type { ClientQueries, ClientRepository } from './client-store.ts'
import type { ConfigurationQueries, ConfigurationRepository } from './configuration-store.ts'
import type { HighAvailabilityQueries, HighAvailabilityRepository } from './high-availability-store.ts'
import type { SecurityDomainQueries, SecurityDomainRepository } from './security-domain-store.ts'
import type { TokenQueries, TokenRepository, TokenStaging, TokenStagingMove } from './token-store.ts'
import type { UserQueries, UserRepository } from './user-store.ts'

/** Reading outside a transaction: each call sees what is committed. */
export interface AdministrationReader {
  readonly users: UserQueries
  readonly tokens: TokenQueries
  readonly securityDomains: SecurityDomainQueries
  readonly configuration: ConfigurationQueries
  readonly access: AccessQueries
  readonly clients: ClientQueries
  readonly auditLog: AuditQueries
  readonly highAvailability: HighAvailabilityQueries
}

/** One unit of work: all of it and its audit records, or nothing. Reads see the unit's own writes. */
export interface AdministrationTransaction extends AdministrationReader {
  readonly users: UserRepository
  readonly tokens: TokenRepository & TokenStagingMove
  readonly securityDomains: SecurityDomainRepository
  readonly configuration: ConfigurationRepository
  readonly access: AccessRepository
  readonly clients: ClientRepository
  readonly auditLog: AuditRepository
  readonly highAvailability: HighAvailabilityRepository
  /** Chained and written with the unit, in the order of the calls. */
  audit(entry: AuditEntry): void
}

export interface AdministrationStore {
  readonly read: AdministrationReader
  /** Staging of imports happens outside the unit of work that moves it. */
  readonly staging: TokenStaging
  /**
   * Runs `work` as one unit. It is run again from the start when the database asks for it (deadlock, serialisation), so it
   * must have no effect but through `tx`. Keep it short: on SQLite every other writer of the store waits for it.
   * An error thrown by `work` undoes everything and is passed on.
   */
  transaction<T>(work: (tx: AdministrationTransaction) => Promise<T>): Promise<T>
}
