import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { rotateCloudKeys } from '@driftlock/application'
import { expect, it } from 'vitest'
import { TestClock } from '../../adapters/keys/testing/test-clock.ts'
import { startScratchCloud } from '../../apps/cloud/testing/index.ts'
import { COMMAND } from '../use-cases/testing/deployment.ts'
import { recordsOfCloud } from './testing/both-sides.ts'
import { CrashPlan, crashing, Killed } from './testing/crashing-ports.ts'
import { differences } from './testing/differences.ts'
import { type Manager, openManager } from './testing/manager.ts'
import { scratchFolder } from './testing/scratch-folder.ts'

/** @returns where it was killed; undefined = it came through. */
async function killedAt(manager: Manager, step: number): Promise<string | undefined> {
  const plan = new CrashPlan(step)
  try {
    await rotateCloudKeys(crashing(plan)(manager.ports), COMMAND)
  } catch (error) {
    if (!(error instanceof Killed)) throw error
  }
  return plan.killedAt
}

it('goes on with whichever keys the cloud knows when it is killed at any step of changing them', async () => {
  const folder = scratchFolder()
  const clock = new TestClock()
  const cloud = await startScratchCloud({ clock, database: join(folder, 'cloud.db') })
  const manager = await openManager({ database: join(folder, 'manager.db'), clock })
  try {
    await manager.connect(cloud.url, await cloud.managerCode())
    await manager.set('auth_manager.cas.authentication.ha.matching.sources', 'any-source')
    const [users, points]: [string[], string[]] = [[], []]
    for (let step = 1; ; step++) {
      const point = await killedAt(manager, step)
      // Its seed is sealed to whichever key the cloud holds now.
      const name = `user${step}`
      users.push(name)
      await manager.insertUsers([name])
      await cloud.registerApp((await cloud.createUser(name)).id)
      const { outcome, counts } = await manager.sync()
      expect({ point, outcome, failed: counts.failed }).toEqual({ point, outcome: 'succeeded', failed: 0 })
      if (point === undefined) break
      points.push(point)
    }
    expect(points).toContain('cloud.rotateKeys, after')
    expect(points.length).toBeGreaterThan(8)
    expect(await differences(manager, await recordsOfCloud(cloud.cloud, cloud.company.id), users)).toEqual([])
  } finally {
    await manager.close()
    await cloud.dispose()
    rmSync(folder, { recursive: true, force: true })
  }
})
