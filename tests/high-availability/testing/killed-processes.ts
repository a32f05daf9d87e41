import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { revokeApp } from '@driftlock/application'
import { COMMAND_CONTEXT } from '@driftlock/cloud'
import { systemClock } from '@driftlock/system'
import { seedApps, startScratchCloud } from '../../../apps/cloud/testing/index.ts'
import { recordsOfCloud } from './both-sides.ts'
import { differences } from './differences.ts'
import { openManager } from './manager.ts'
import { scratchFolder } from './scratch-folder.ts'

const RECORDS = 600
const LONGEST_MS = 1500

/**
 * Kills a process that synchronises without warning, so many times, at a random moment; each time the cloud changes and the
 * next process goes on. @returns what is not as at the cloud in the end.
 * @param database of a manager, unused; absent = SQLite.
 */
export async function killedProcesses(rounds: number, database?: string): Promise<readonly string[]> {
  const folder = scratchFolder()
  const limits = { requestsPerAddressAndMinute: 1_000_000 }
  const cloud = await startScratchCloud({ database: join(folder, 'cloud.db'), configuration: { limits } })
  const place = { database: database ?? join(folder, 'manager.db'), clock: systemClock }
  const manager = await openManager(place)
  try {
    const at = { companyId: cloud.company.id, sourceId: cloud.source.id }
    const attribute = (index: number) => `user${index}`
    await seedApps(cloud.cloud, { ...at, count: RECORDS, attribute })
    const names = Array.from({ length: RECORDS }, (_, index) => attribute(index))
    await manager.insertUsers(names)
    await manager.connect(cloud.url, await cloud.managerCode())
    await manager.set('auth_manager.cas.authentication.ha.matching.sources', 'any-source')
    await manager.set('auth_manager.cas.authentication.ha.seed_sync.batch_size', '20')
    for (let round = 0; round < rounds; round++) {
      await killedOnce(place.database)
      const active = (await recordsOfCloud(cloud.cloud, at.companyId)).filter(({ state }) => state === 'active')
      const unlucky = active[Math.floor(Math.random() * active.length)]
      if (unlucky !== undefined) await revokeApp(cloud.cloud, COMMAND_CONTEXT, unlucky.serial)
    }
    const { outcome, errorText } = await manager.sync()
    const found = await differences(manager, await recordsOfCloud(cloud.cloud, at.companyId), names)
    return outcome === 'succeeded' ? found : [`the last run ${outcome}: ${errorText}`]
  } finally {
    await manager.close()
    await cloud.dispose()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function killedOnce(database: string): Promise<void> {
  const program = fileURLToPath(import.meta.resolve('./sync-process.ts'))
  const child = spawn(process.execPath, [program, database, 'forever'], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  await sleep(Math.random() * LONGEST_MS)
  if (child.exitCode !== null) throw new Error(`The process ended by itself with exit code ${child.exitCode}.`)
  const closed = once(child, 'close')
  child.kill('SIGKILL')
  await closed
}
