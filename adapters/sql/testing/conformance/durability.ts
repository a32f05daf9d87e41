import { describe, expect, it } from 'vitest'
import { crashRounds } from './crash-rounds.ts'
import type { EngineUnderTest } from './engine-under-test.ts'

/** What every engine owes to those whose login was acknowledged. The long form is tests/proof/kill.proof.ts. */
export function durabilitySuite(engine: EngineUnderTest): void {
  describe('durability', () => {
    it('loses no acknowledged login and lets no step be used again when processes are killed under load', async () => {
      const report = await crashRounds(engine, 3, ['one', 'two'])
      expect(report.acknowledged).toBeGreaterThan(100)
      expect(report).toMatchObject({ lost: 0, replayable: 0, gapsInChains: 0 })
    })
  })
}
