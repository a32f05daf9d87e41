import { rmSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { TestClock } from '../../../adapters/keys/testing/test-clock.ts'
import { startScratchCloud } from '../../../apps/cloud/testing/index.ts'
import { history } from './history.ts'
import { play } from './history-world.ts'
import { scratchFolder } from './scratch-folder.ts'

export interface HistoriesPlan {
  readonly histories: number
  readonly seed?: number
  /** An empty database of a manager for each; absent = SQLite files. */
  readonly newDatabase?: () => Promise<string>
}

/**
 * Plays random histories on a real cloud and a real manager. @returns how many events happened.
 * @throws with the smallest history that goes wrong, and its seed.
 */
export async function playHistories({ histories, seed, newDatabase }: HistoriesPlan): Promise<number> {
  const folder = scratchFolder()
  const clock = new TestClock()
  const limits = { requestsPerAddressAndMinute: 1_000_000, appAttemptsPerAddressAndMinute: 100_000 }
  const cloud = await startScratchCloud({ clock, database: join(folder, 'cloud.db'), configuration: { limits } })
  let made = 0
  let happened = 0
  const fresh = newDatabase ?? (async () => join(folder, `manager-${++made}.db`))
  try {
    const property = fc.asyncProperty(history, async (events) => {
      happened += events.length
      const faults = await play({ cloud, clock, database: await fresh() }, events)
      if (faults.length > 0) throw new Error(faults.join('\n'))
    })
    await fc.assert(property, { numRuns: histories, ...(seed !== undefined && { seed }), endOnFailure: false })
    return happened
  } finally {
    await cloud.dispose()
    rmSync(folder, { recursive: true, force: true })
  }
}
