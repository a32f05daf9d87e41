import { startScratchPostgresql } from '@driftlock/sql/testing'
import { describe, expect, it } from 'vitest'
import { playHistories } from './testing/play-histories.ts'

describe('after whatever history, once it is quiet, the manager is as the cloud, and no side took a known step twice', () => {
  it('on SQLite', async () => {
    expect(await playHistories({ histories: 15 })).toBeGreaterThan(0)
  })

  it('on PostgreSQL', async () => {
    const postgresql = await startScratchPostgresql()
    try {
      const newDatabase = () => postgresql.createDatabase()
      expect(await playHistories({ histories: 4, newDatabase })).toBeGreaterThan(0)
    } finally {
      await postgresql.stop()
    }
  })
})
