import type { AuditChain, CloudQueries, CloudRepository, CloudStore, SealedColumn } from '@driftlock/application'
import type { AuditEntry, UnixMs } from '@driftlock/domain'
import { auditQueries, auditRepository } from '../administration/audit-log.ts'
import { searchColumns } from '../rows/audit-row.ts'
import { writeAudit } from '../administration/audit-writer.ts'
import { translating } from '../administration/translating.ts'
import type { Engine, Queries } from '../engine.ts'
import { BatchedAuthenticationStore } from '../hot/batched-authentication-store.ts'
import { openEngine } from '../open-engine.ts'
import { sqlKeyStore } from '../operations/sql-key-store.ts'
import type { EngineKind } from '../schema/column-types.ts'
import { administratorQueries, administratorRepository } from './administrators.ts'
import { deviceQueries, deviceRepository } from './app-devices.ts'
import { cloudCleaning } from './cloud-cleaning.ts'
import { cloudSealedColumns } from './cloud-sealed-columns.ts'
import { cloudLogOns } from './cloud-log-ons.ts'
import { CLOUD_MIGRATIONS } from './cloud-migrations.ts'
import type { CloudDatabase } from './cloud-tables.ts'
import { companyQueries, companyRepository } from './companies.ts'
import { userQueries, userRepository } from './company-users.ts'
import { connectionQueries, connectionRepository } from './connections.ts'
import { feedQueries } from './feed.ts'

export interface CloudStoreOptions {
  /** A path (SQLite; the folder must exist) or a `postgres://` address. */
  readonly database: string
  readonly auditChain: AuditChain
  /** Change times follow this clock, and pass it when it stands or goes back. */
  readonly now: () => UnixMs
  readonly allowUnsafeDatabase?: boolean
  readonly poolSize?: number
}

/** The open store of a cloud access service. */
export interface OpenCloudStore extends CloudStore {
  readonly kind: EngineKind
  readonly warnings: readonly string[]
  /** Every column of sealed values, for the rotation of data keys. */
  readonly sealedColumns: readonly SealedColumn[]
  /** Refreshes what the query planner knows; after an import. */
  analyse(): Promise<void>
  close(): Promise<void>
}

/**
 * Opens the cloud's own database, making or upgrading its schema; it shares engines, audit log and key ring with a
 * manager's store, but no table of users or tokens.
 * @throws StoreError `STORE_NEWER`, `STORE_UNSAFE`, `STORE_CORRUPT` (also for a manager's database), `STORE_UNAVAILABLE`.
 */
export async function openCloudStore(options: CloudStoreOptions): Promise<OpenCloudStore> {
  const { auditChain: chain, now } = options
  const { engine, warnings } = await openEngine({ ...options, migrations: CLOUD_MIGRATIONS })
  const authentication = new BatchedAuthenticationStore(cloudLogOns({ engine, chain, now }))
  return {
    kind: engine.kind,
    warnings,
    sealedColumns: cloudSealedColumns(engine),
    read: {
      ...translating(cloudQueries(engine.reader), engine.translate),
      auditLog: {
        ...translating(auditQueries(engine.reader, engine.kind), engine.translate),
        columnsOf: searchColumns,
      },
    },
    authentication,
    keys: sqlKeyStore(engine),
    transaction: (work) => inTransaction(engine, { chain, now }, work),
    ...translating(cloudCleaning(engine), engine.translate),
    analyse: () => engine.analyse(),
    async close() {
      await authentication.close()
      await engine.close()
    },
  }
}

function cloudQueries(queries: Queries): Omit<CloudQueries, 'auditLog'> {
  const database: CloudDatabase = queries.withTables()
  return {
    ...companyQueries(database),
    ...administratorQueries(database),
    ...userQueries(database),
    ...deviceQueries(database),
    ...feedQueries(database),
    ...connectionQueries(database),
  }
}

interface Writing {
  readonly chain: AuditChain
  readonly now: () => UnixMs
}

async function inTransaction<T>(
  engine: Engine,
  { chain, now }: Writing,
  work: (tx: CloudRepository) => Promise<T>,
): Promise<T> {
  let entries: AuditEntry[] = []
  return await engine.write(
    async (queries) => {
      entries = []
      const database: CloudDatabase = queries.withTables()
      const tx: CloudRepository = {
        ...cloudQueries(queries),
        ...companyRepository(database, now()),
        ...administratorRepository(database),
        ...userRepository(database, now()),
        ...deviceRepository(database),
        ...connectionRepository(database),
        auditLog: auditRepository(queries, { chain, kind: engine.kind }),
        audit: (entry) => void entries.push(entry),
      }
      const result = await work(tx)
      await writeAudit(queries, entries, { chain, kind: engine.kind })
      return result
    },
    () => entries.map(({ id }) => id),
  )
}
