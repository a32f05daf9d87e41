import { StoreError } from '@driftlock/application'
import { type EngineKind, inWordsOf } from './column-types.ts'
import type { Migration } from './migration.ts'

/** What migrating needs of an engine: one connection with an open transaction that keeps other migrators out. */
export interface SchemaConnection {
  readonly engine: EngineKind
  execute(statement: string): Promise<void>
  /** @returns the first column of the first row. */
  number(statement: string): Promise<number>
}

export const VERSION_TABLE = `CREATE TABLE IF NOT EXISTS schema_versions (
  version {int} PRIMARY KEY, name {text} NOT NULL, applied_at {big} NOT NULL) {table}`

/**
 * @returns the version of the schema; 0 = an empty database. `schema_versions` must exist.
 * @throws StoreError `STORE_CORRUPT` when another service's schema was begun there (a manager's, the cloud's).
 */
export async function schemaVersion(connection: SchemaConnection, migrations: readonly Migration[]): Promise<number> {
  const first = migrations[0]?.name ?? ''
  const foreign = await connection.number(
    `SELECT COUNT(*) FROM schema_versions WHERE version = 1 AND name <> '${first}'`,
  )
  if (foreign > 0) {
    throw new StoreError(
      'STORE_CORRUPT',
      'This database belongs to another service: an authentication manager and a cloud access service each need their own. Check the address.',
    )
  }
  return await connection.number('SELECT COALESCE(MAX(version), 0) FROM schema_versions')
}

/** @throws StoreError `STORE_NEWER` when the database has steps this program does not know. */
export function refuseNewer(stored: number, known: number): void {
  if (stored <= known) return
  throw new StoreError(
    'STORE_NEWER',
    `The database has schema version ${stored}, this program knows up to ${known}. Start the newer Driftlock that wrote it, or restore a backup made before the upgrade.`,
    { facts: { stored, known } },
  )
}

/** Applies the steps above the stored version inside the caller's transaction. */
export async function applyMigrations(
  connection: SchemaConnection,
  migrations: readonly Migration[],
  nowMs: number,
): Promise<void> {
  const stored = await schemaVersion(connection, migrations)
  refuseNewer(stored, migrations.length)
  for (const migration of migrations.slice(stored)) {
    for (const statement of migration.statements) await connection.execute(inWordsOf(connection.engine, statement))
    await connection.execute(
      `INSERT INTO schema_versions (version, name, applied_at) VALUES (${migration.version}, '${migration.name}', ${nowMs})`,
    )
  }
}
