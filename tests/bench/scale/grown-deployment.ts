import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { UnixMs } from '@driftlock/domain'
import { openRawDatabase } from '../../../adapters/sql/testing/raw-database.ts'
import { initialiseInstance } from '../../../apps/driftlock/instance/initialise-instance.ts'
import { type Instance, openInstance } from '../../../apps/driftlock/instance/open-instance.ts'
import { growAudit, growUsers } from './grown-store.ts'
import { growingPostgresql, growingSqlite } from './growing-database.ts'
import { timedImport } from './timed-import.ts'

export interface Growth {
  readonly users: number
  readonly records: number
  readonly now: UnixMs
  readonly say: (line: string) => void
  /** Of a PostgreSQL server whose database is made; absent = SQLite. */
  readonly server?: string
  /** Folder that keeps the data folder, so that the next run finds it grown; absent = none is kept. */
  readonly keptIn?: string
}

/** An instance over so many users, tokens and audit records, and what takes it away again unless it is kept. */
export interface GrownDeployment {
  readonly instance: Instance
  close(): Promise<void>
}

export async function grownDeployment(growth: Growth): Promise<GrownDeployment> {
  const { users, records, keptIn, server, now, say } = growth
  const name = `scale_${users}_${records}`
  const kept = keptIn && join(keptIn, `${server === undefined ? 'sqlite' : 'postgresql'}-${name}`)
  const dataFolder = kept ?? mkdtempSync(join(tmpdir(), 'driftlock-scale-'))
  const database = server === undefined ? {} : { database: new URL(`/${name}`, server).href }
  const options = { dataFolder, environment: {}, name: 'bench', ...database }
  if (kept === undefined || !existsSync(kept)) {
    if (server !== undefined) await makeDatabase(server, name)
    const first = await initialiseInstance(options)
    say(await timedImport(first, users))
    await first.close()
    const start = performance.now()
    const growing = server === undefined ? growingSqlite(first.database) : await growingPostgresql(first.database)
    await growUsers(growing, users, now)
    await growAudit(growing, records, { count: users, nowMs: now })
    await growing.close()
    const seconds = (performance.now() - start) / 1000
    say(`grown to ${users} users and ${records} audit records in ${seconds.toFixed(0)} s`)
  }
  const instance = await openInstance(options)
  return {
    instance,
    async close() {
      await instance.close()
      if (kept === undefined) rmSync(dataFolder, { recursive: true })
    },
  }
}

async function makeDatabase(server: string, name: string): Promise<void> {
  const raw = await openRawDatabase(server)
  await raw.run(`CREATE DATABASE ${name}`)
  await raw.close()
}
