import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { startScratchPostgresql } from '@driftlock/sql/testing'
import { describe, expect, it } from 'vitest'
import { type KilledRuns, killedRuns } from './testing/killed-runs.ts'
import { scratchFolder } from './testing/scratch-folder.ts'

/** Fewer would mean that the steps are not seen. */
const FEWEST_POINTS = 60
/** On PostgreSQL, which takes its time. */
const EVERY = 5

function expectWhole({ points, faults }: KilledRuns, every = 1): void {
  expect(faults).toEqual([])
  expect(points.length).toBeGreaterThan(FEWEST_POINTS / every)
  expect(points.some((point) => point.startsWith('unit.'))).toBe(true)
}

describe('a run that is killed at any step of any page is made good by the next one', () => {
  it.each(['incremental', 'full'] as const)('%s, on SQLite', async (kind) => {
    const folder = scratchFolder()
    try {
      expectWhole(await killedRuns(join(folder, 'manager.db'), { kind }))
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('full, on PostgreSQL (each fifth step)', async () => {
    const postgresql = await startScratchPostgresql()
    try {
      expectWhole(await killedRuns(await postgresql.createDatabase(), { kind: 'full', every: EVERY }), EVERY)
    } finally {
      await postgresql.stop()
    }
  })
})
