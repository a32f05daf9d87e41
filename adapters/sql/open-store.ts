import type {
  AdministrationStore,
  AuditChain,
  AuthenticationStore,
  KeyStore,
  OperationsStore,
} from '@driftlock/application'
import { sqlAdministrationStore } from './administration/sql-administration-store.ts'
import { BatchedAuthenticationStore, type BatchWatcher } from './hot/batched-authentication-store.ts'
import { openEngine } from './open-engine.ts'
import { sqlKeyStore } from './operations/sql-key-store.ts'
import { sqlOperationsStore } from './operations/sql-operations-store.ts'
import type { EngineKind } from './schema/column-types.ts'
import type { Migration } from './schema/migration.ts'
import { MIGRATIONS } from './schema/migrations.ts'

export interface StoreOptions {
  /** A path (SQLite; the folder must exist) or a `postgres://` address, which may carry TLS options. */
  readonly database: string
  /** Chain of this process: an instance's own, or the command's. */
  readonly auditChain: AuditChain
  /** Accept a PostgreSQL server that may lose acknowledged writes; `warnings` then says so. Default: refuse. */
  readonly allowUnsafeDatabase?: boolean
  /** Connections for the administration on PostgreSQL. Default 6. */
  readonly poolSize?: number
  readonly onBatch?: BatchWatcher
  /** Steps of the schema; given only by tests of upgrades. */
  readonly migrations?: readonly Migration[]
}

/** An open store: the ports of `@driftlock/application` on one database. */
export interface Store {
  readonly kind: EngineKind
  readonly authentication: AuthenticationStore
  readonly administration: AdministrationStore
  readonly operations: OperationsStore
  /** Where the wrapped data keys of the key ring lie. */
  readonly keys: KeyStore
  /** Log-ons whose look-up or commit waits or is under way now. */
  pendingLogins(): number
  /** What is unsafe about the database, in words, for the log and the consoles. */
  readonly warnings: readonly string[]
  /** Refreshes what the query planner knows; after an import. */
  analyse(): Promise<void>
  /**
   * SQLite: copies the database, as it stands at one moment, into a new file while logins go on.
   * @throws StoreError `INVALID_VALUE` on PostgreSQL, which has its own means; an error of the system for a file in the way.
   */
  backUpTo(path: string): Promise<void>
  /** Answers what was begun, then closes. */
  close(): Promise<void>
}

/**
 * Opens a store, making or upgrading its schema.
 * @throws StoreError `STORE_NEWER`, `STORE_UNSAFE`, `STORE_CORRUPT`, `STORE_UNAVAILABLE`.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { engine, warnings } = await openEngine({ ...options, migrations: options.migrations ?? MIGRATIONS })
  const authentication = new BatchedAuthenticationStore(engine.hot, options.onBatch)
  return {
    kind: engine.kind,
    authentication,
    administration: sqlAdministrationStore(engine, options.auditChain),
    operations: sqlOperationsStore(engine),
    keys: sqlKeyStore(engine),
    pendingLogins: () => authentication.pending(),
    warnings,
    analyse: () => engine.analyse(),
    backUpTo: (path) => engine.backUpTo(path),
    async close() {
      await authentication.close()
      await engine.close()
    },
  }
}
