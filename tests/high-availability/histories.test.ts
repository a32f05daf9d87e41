import { startScratchPostgresql } from '@driftlock/sql/testing'
import { describe, expect, it } from 'vitest'
import { playHistories } from './testing/play-histories.ts'

/** The same every time; the proof `ha` plays others. The second is one that was once lost when a full run was killed at its end. */
const SEEDS = { sqlite: 20_261_122, postgresql: 756_550_552 }

describe('after whatever history, once it is quiet, the manager is as the cloud, and no side took a known step twice', () => {
  it('on SQLite', async () => {
    expect(await playHistories({ histories: 15, seed: SEEDS.sqlite })).toBeGreaterThan(0)
  })

  it('on PostgreSQL', async () => {
    const postgresql = await startScratchPostgresql()
    try {
      const newDatabase = () => postgresql.createDatabase()
      expect(await playHistories({ histories: 4, seed: SEEDS.postgresql, newDatabase })).toBeGreaterThan(0)
    } finally {
      await postgresql.stop()
    }
  })
})
