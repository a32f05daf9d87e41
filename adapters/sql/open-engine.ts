import type { AuditChain } from '@driftlock/application'
import type { Engine } from './engine.ts'
import { openPostgresql } from './postgresql/open-postgresql.ts'
import type { Migration } from './schema/migration.ts'
import { openSqlite } from './sqlite/open-sqlite.ts'

export interface EngineOptions {
  readonly database: string
  readonly auditChain: AuditChain
  readonly migrations: readonly Migration[]
  readonly allowUnsafeDatabase?: boolean
  readonly poolSize?: number
}

/** The engine that an address means, with its schema brought up to date, and what is unsafe about it in words. */
export async function openEngine(
  options: EngineOptions,
): Promise<{ readonly engine: Engine; readonly warnings: readonly string[] }> {
  const { database, auditChain, migrations } = options
  if (!/^postgres(ql)?:\/\//.test(database)) {
    return { engine: await openSqlite({ path: database, auditChain, migrations }), warnings: [] }
  }
  const { allowUnsafeDatabase: allowUnsafe = false, poolSize = 6 } = options
  return openPostgresql({ url: database, auditChain, migrations, allowUnsafe, poolSize })
}
