import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Migration } from '../../schema/migration.ts'
import { openStore, type Store } from '../../open-store.ts'
import { plainAuditChain } from '../plain-audit-chain.ts'
import { type ScratchPostgresql, startScratchPostgresql } from '../scratch-postgresql.ts'

/** Where the suite gets its databases from. */
export interface EngineUnderTest {
  readonly name: 'SQLite' | 'PostgreSQL'
  start(): Promise<void>
  /** A database nobody has used. @returns what `openStore` takes. */
  newDatabase(): Promise<string>
  stop(): Promise<void>
}

export function sqliteUnderTest(): EngineUnderTest {
  let folder = ''
  let made = 0
  return {
    name: 'SQLite',
    start: async () => {
      folder = mkdtempSync(join(tmpdir(), 'driftlock-sqlite-'))
    },
    newDatabase: async () => join(folder, `store-${++made}.db`),
    stop: async () => rmSync(folder, { recursive: true, force: true }),
  }
}

export function postgresqlUnderTest(): EngineUnderTest & { server(): ScratchPostgresql } {
  let scratch: ScratchPostgresql | undefined
  const server = () => {
    if (scratch === undefined) throw new Error('The server was not started.')
    return scratch
  }
  return {
    name: 'PostgreSQL',
    server,
    start: async () => {
      scratch = await startScratchPostgresql()
    },
    newDatabase: () => server().createDatabase(),
    stop: async () => scratch?.stop(),
  }
}

/** Opens the database as an instance of that name. */
export function openAs(instance: string, database: string, migrations?: readonly Migration[]): Promise<Store> {
  return openStore({ database, auditChain: plainAuditChain(instance), ...(migrations && { migrations }) })
}
