import { expect, it } from 'vitest'
import { powerCuts } from './power-cuts.ts'

const small = { logins: 100, cuts: 5 }

it('loses no acknowledged log-on when the power goes, whatever the disk made of what no sync had confirmed', async () => {
  const report = await powerCuts(small)
  expect(report).toMatchObject({ lost: 0, replayable: 0, gapsInChains: 0, damaged: 0, cuts: 15 })
  expect(report.acknowledged).toBeGreaterThan(0)
})

it('would see a loss: on a disk whose syncs do nothing log-ons are gone', async () => {
  expect((await powerCuts({ ...small, ignoresSyncs: true })).lost).toBeGreaterThan(0)
})
