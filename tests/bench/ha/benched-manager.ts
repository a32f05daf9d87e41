import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { systemClock } from '@driftlock/system'
import { type Manager, openManager } from '../../high-availability/testing/manager.ts'
import { growUsers } from '../scale/grown-store.ts'
import { growingSqlite } from '../scale/growing-database.ts'

export interface BenchedManager {
  readonly manager: Manager
  /** Lets so many records change at the played cloud. */
  change(count: number): Promise<void>
  close(): Promise<void>
}

/** A manager with so many users, connected to a played cloud with a record for each. Nothing is synchronised yet. */
export async function benchedManager(recordCount: number): Promise<BenchedManager> {
  const folder = mkdtempSync(join(tmpdir(), 'driftlock-bench-ha-'))
  const database = join(folder, 'manager.db')
  await (await openManager({ database, clock: systemClock })).close()
  const growing = growingSqlite(database)
  await growUsers(growing, recordCount, Date.now())
  await growing.close()
  const played = spawn(
    process.execPath,
    [fileURLToPath(import.meta.resolve('./feed-process.ts')), String(recordCount)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const { url, code } = await firstLine(played)
  const manager = await openManager({ database, clock: systemClock })
  await manager.connect(url, code)
  await manager.set('auth_manager.cas.authentication.ha.matching.sources', 'any-source')
  await manager.set('auth_manager.cas.authentication.ha.order', 'local-first')
  return {
    manager,
    async change(count) {
      await fetch(`${url}/changed?count=${count}`, { method: 'POST' })
    },
    async close() {
      await manager.close()
      played.kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function firstLine({ stdout }: ChildProcess): Promise<{ readonly url: string; readonly code: string }> {
  if (stdout === null) throw new Error('The output is a pipe.')
  const [line] = (await once(createInterface(stdout), 'line')) as [string] // the arguments of the event
  return JSON.parse(line) as { url: string; code: string } // as feed-process says it
}
