import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { powerCuts } from './power-cuts.ts'

const small = { logins: 100, cuts: 5 }
const canTrace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0

// Some containers forbid ptrace, by which strace looks on: there is nothing to replay then.
describe.skipIf(!canTrace)('when the power goes', () => {
  it('loses no acknowledged log-on, whatever the disk made of what no sync had confirmed', async () => {
    const report = await powerCuts(small)
    expect(report).toMatchObject({ lost: 0, replayable: 0, gapsInChains: 0, damaged: 0, cuts: 15 })
    expect(report.acknowledged).toBeGreaterThan(0)
  })

  it('would see a loss: on a disk whose syncs do nothing log-ons are gone', async () => {
    expect((await powerCuts({ ...small, ignoresSyncs: true })).lost).toBeGreaterThan(0)
  })
})
